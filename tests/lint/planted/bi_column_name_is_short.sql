-- finds: bi.planted.a_name_of_more_than_forty_characters_here, 41
create view bi.planted as
select 1 as a_name_of_more_than_forty_characters_here, 2 as a_name_of_just_forty_characters_no_more;
