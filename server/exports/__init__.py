"""What other tools are told about the published views, written from bi.dictionary alone."""
