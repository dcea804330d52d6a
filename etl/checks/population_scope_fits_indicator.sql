-- 户籍人口不挂常住口径，常住和普查人口不挂户籍口径，“七普”只用于 2020 年
-- 常住人口用常住口径，户籍人口用户籍口径；七普只用于 2020 年
select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator,
  f.time_period as time_period, f.scope as scope, c.population_basis as population_basis
from core.fact as f
join core.scope as c on c.scope = f.scope
where (f.indicator = 'population_registered' and c.population_basis in ('常住', '七普'))
  or (f.indicator in ('population_resident', 'population_census') and c.population_basis = '户籍')
  or (c.population_basis = '七普' and coalesce(f.year, 0) <> 2020)
order by f.fact_id
