-- 数值与原话一致：原话里有数字时，数值（或以万计的数值）就在其中
-- 数值按原文说法写；换算过的（万、亿），核对位数
with spoken as (
  select f.fact_id as fact_id, f.file as file, f.line as line, f.indicator as indicator, f.obs_value as obs_value,
    f.unit_measure as unit_measure, f.as_stated as as_stated, f.precision as precision,
    replace(replace(replace(f.as_stated, ' ', ''), ',', ''), '，', '') as said,
    cast(floor(abs(f.obs_value)) as bigint) as whole
  from core.fact as f
  where f.precision <> 'derived' and f.obs_value = floor(f.obs_value) and f.obs_value <> 0
    -- Most figures are stated as their digits and the unit, of which there is nothing to compare.
    and f.as_stated <> cast(cast(floor(abs(f.obs_value)) as bigint) as varchar(20)) || f.unit_measure
),
written as (
  select s.fact_id as fact_id, s.file as file, s.line as line, s.indicator as indicator, s.obs_value as obs_value,
    s.unit_measure as unit_measure, s.as_stated as as_stated, s.said as said,
    case when position('万' in s.said) > 0 and position('万' in s.unit_measure) = 0 then 1 else 0 end as in_wan,
    cast(s.whole as varchar(20)) as digits,
    cast(cast(floor(s.whole / 10000e0) as bigint) as varchar(20)) as wan,
    cast(s.whole - 10000 * cast(floor(s.whole / 10000e0) as bigint) as bigint) as rest
  from spoken as s
  where translate(s.said, '0123456789', '') <> s.said and position('亿' in s.said) = 0
),
token as (
  select w.fact_id as fact_id, w.file as file, w.line as line, w.indicator as indicator, w.obs_value as obs_value,
    w.unit_measure as unit_measure, w.as_stated as as_stated, w.said as said, w.digits as digits,
    case
      when w.in_wan = 0 then w.digits
      when w.rest = 0 then w.wan
      when mod(w.rest, 1000) = 0 then w.wan || '.' || cast(cast(w.rest / 1000e0 as bigint) as varchar(4))
      when mod(w.rest, 100) = 0 then w.wan || '.' || lpad(cast(cast(w.rest / 100e0 as bigint) as varchar(4)), 2, '0')
      when mod(w.rest, 10) = 0 then w.wan || '.' || lpad(cast(cast(w.rest / 10e0 as bigint) as varchar(4)), 3, '0')
      else w.wan || '.' || lpad(cast(w.rest as varchar(4)), 4, '0')
    end as expected
  from written as w
)
select t.fact_id as fact_id, t.file as file, t.line as line, t.indicator as indicator, t.obs_value as obs_value,
  t.unit_measure as unit_measure, t.as_stated as as_stated, t.expected as expected
from token as t
where position(t.expected in t.said) = 0 and position(t.digits in t.said) = 0
  or (
    position(t.expected in t.said) > 0
    and translate(substring(t.said, position(t.expected in t.said) + length(t.expected), 1), '0123456789', '')
      <> substring(t.said, position(t.expected in t.said) + length(t.expected), 1)
    and position(t.expected in substring(t.said, position(t.expected in t.said) + length(t.expected), 500)) = 0
  )
order by t.fact_id
