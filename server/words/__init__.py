"""The words of the OpenAPI document: what fields, parameters and operations mean to who sends and
reads them. Units, defaults, the meaning of each choice, and the rules that bind a value by the name
that a refusal gives as `rule`.

Room by room, apart from the shapes in `server.schemas`: `document.py` puts the two together, and a
test knows both, so that no field goes without words and no words without a field.
"""
