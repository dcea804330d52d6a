-- 可以除以编制的口径不含离退休、编外、遗属
select c.scope as scope, c.staff_scope as staff_scope, c.definition_zh as definition_zh
from core.scope as c
where c.fills_posts
  and (c.staff_scope is null or position('含' in c.staff_scope) = 1 or position('离退休' in c.staff_scope) > 0
    or position('遗属' in c.staff_scope) > 0 or position('聘用' in c.staff_scope) > 0
    or c.staff_scope in ('编制', '编外', '预算人头', '未定义', '未注明'))
order by c.scope
