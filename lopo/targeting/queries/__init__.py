"""What can be read of targeting: programmes, lists, rows with verdicts, decrees with names."""

from lopo.targeting.queries.choices import DIMENSIONS, Group, accepted_by_kecamatan, groups_of, poor_in
from lopo.targeting.queries.decrees import (
    CHOSEN,
    AnnexFilter,
    AnnexRow,
    DecreeRow,
    annex_page,
    annex_rows,
    chosen_persons,
    decree,
    decrees,
    names_of_person,
    waiting_page,
)
from lopo.targeting.queries.lists import (
    ListDetail,
    ListFilter,
    ListProblem,
    ListRow,
    SheetUnderstood,
    error_sheet,
    kept_source,
    list_detail,
    lists_page,
    reason_counts,
    source_file,
)
from lopo.targeting.queries.programmes import (
    ProgrammeRow,
    ProgrammeState,
    ScreeningRow,
    programme,
    programme_of_row,
    programme_row,
    programmes,
    screening_in_force,
    screenings,
    touches,
)
from lopo.targeting.queries.readings import (
    ChangedRow,
    KeptList,
    SheetTop,
    changed_rows,
    kept_list,
    programme_of_list,
    readings_of,
    sheet_tops,
)
from lopo.targeting.queries.rows import (
    PersonVerdict,
    RowDetail,
    RowFilter,
    RowLine,
    RowPlace,
    candidate_count,
    copy_candidates,
    row_detail,
    rows_page,
    verdicts_of_person,
)

__all__ = [
    "CHOSEN", "DIMENSIONS", "AnnexFilter", "AnnexRow", "ChangedRow", "DecreeRow", "Group", "KeptList", "ListDetail",
    "ListFilter", "ListProblem", "ListRow", "PersonVerdict", "ProgrammeRow", "ProgrammeState", "RowDetail", "RowFilter",
    "RowLine", "RowPlace", "ScreeningRow", "SheetTop", "SheetUnderstood", "accepted_by_kecamatan", "annex_page",
    "annex_rows", "candidate_count", "changed_rows", "chosen_persons", "copy_candidates", "decree", "decrees",
    "error_sheet", "groups_of", "kept_list", "kept_source", "list_detail", "lists_page", "names_of_person", "poor_in",
    "programme", "programme_of_list", "programme_of_row", "programme_row", "programmes", "readings_of", "reason_counts",
    "row_detail", "rows_page", "screening_in_force", "screenings", "sheet_tops", "source_file", "touches",
    "verdicts_of_person", "waiting_page",
]  # fmt: skip
