-- One row per company: its newest reported quarter, in one currency.
select distinct on (m.company_id)
$columns
from {{ source('quarterbase', 'quarterly_metrics') }} as m
where m.currency = '{{ var("currency") }}'
order by m.company_id, m.quarter_sort desc
