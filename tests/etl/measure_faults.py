"""The planted faults of the checks of core.measure and mart.measure, in the shape that test_checks.py wants."""

from tests.etl.planting import Fault

MEASURE_FAULTS = {
    "measure_date_is_possible": Fault(edits=(("measures.csv", "140930,2022-08,,month", "140930,2023-08,,month"),)),
    "measure_is_registered": Fault(
        after={"core.measure": "update core.measure set measure = 'nothing' where measure = 'merge_bodies'"}
    ),
    "mart_measure_drops_nothing": Fault(after={"mart.measure": "delete from mart.measure where measure = 'merge_bodies'"}),
}
