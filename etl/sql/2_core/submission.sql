-- Grain: one row per version of a file that was imported. Promise: of each submission at most one version counts, the latest that was
-- not taken back; its facts name the same file. A version of before stays, so that who reported what and when can be told.
select
  s.submission as submission,
  s.version as version,
  s.publisher as publisher,
  s.file_name as file_name,
  s.file_hash as file_hash,
  s.received as received,
  s.facts as facts,
  s.places as places,
  s.withdrawn as withdrawn,
  s.counts as counts,
  s.file as file
from raw.submission as s
