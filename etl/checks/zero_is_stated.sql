-- 0 必须是来源说的 0：没有公布的数不记成 0
-- 来源写明是 0 的，原文说法写 0；没有公布的留空
select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator,
  f.as_stated as as_stated
from core.fact as f
where f.obs_value = 0
  and not (
    position('没有' in coalesce(f.as_stated, '')) > 0 or position('无' in coalesce(f.as_stated, '')) > 0
    or position('零' in coalesce(f.as_stated, '')) > 0 or position('均超' in coalesce(f.as_stated, '')) > 0
    or substring(coalesce(f.as_stated, ''), 1, 1) in ('0', '０') or position('为0' in coalesce(f.as_stated, '')) > 0
  )
order by f.fact_id
