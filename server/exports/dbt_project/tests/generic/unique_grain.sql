{# Written by `quarterbase bi export --dbt`; edits are lost. No two rows alike in these columns. #}
{% test unique_grain(model, columns) %}
select {{ columns | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
