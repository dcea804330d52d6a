-- 只有与编制对应的实有口径才与编制相减、相除
select s.ref_area as ref_area, s.area_name as area_name, s.post_type as post_type, s.scope as scope,
  s.authorised as authorised, s.actual as actual, s.difference as difference, s.fill_rate as fill_rate,
  s.authorised_fact_ids as authorised_fact_ids, s.actual_fact_ids as actual_fact_ids
from mart.staffing as s
left join core.scope as c on c.scope = s.scope
where (s.difference is not null or s.fill_rate is not null or s.comparable)
  and (c.scope is null or not c.fills_posts)
order by s.ref_area, s.post_type, s.authorised_fact_ids, s.actual_fact_ids
