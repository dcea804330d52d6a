-- 采用的事实不低于同一件事的其他说法：公开先于内部，等级高者先
with graded as (
  select f.fact_id as fact_id, f.file as file, f.line as line, f.preferred as preferred, f.disclosure as disclosure,
    f.grade as grade,
    case when f.disclosure = 'internal' then 10 else 0 end
    + case f.grade when 'A' then 1 when 'B' then 2 when 'C' then 3 else 4 end as rank_no,
    f.ref_area || '|' || f.indicator || '|' || f.sector || '|' || f.tier || '|' || f.post_type || '|' || f.age_band
    || '|' || f.education || '|' || f.org_unit || '|' || f.catalogue || '|' || f.size_band || '|' || f.category || '|'
    || f.phase || '|' || f.scope || '|'
    || case when f.phase in ('before', 'after') then '' when f.year is null then f.source_id
      else substring(f.time_period, 1, 4) end as claim
  from mart.fact as f
)
select g.fact_id as fact_id, g.file as file, g.line as line, g.disclosure as disclosure, g.grade as grade,
  b.fact_id as better_fact, b.disclosure as better_disclosure, b.grade as better_grade
from graded as g
join graded as b on b.claim = g.claim and b.rank_no < g.rank_no
where g.preferred
order by g.fact_id
