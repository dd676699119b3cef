drop table company.valuation_round;
