-- finds: bi.a_view_of_more_than_forty_characters_here, 41
create view bi.a_view_of_more_than_forty_characters_here as select 1 as one;
create view bi.a_view_of_just_forty_characters_no_more1 as select 1 as one;
