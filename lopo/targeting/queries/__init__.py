"""What can be read of targeting: programmes, lists, rows with verdicts, decrees with names."""

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
    programme_row,
    programmes,
    screening_in_force,
    screenings,
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
    "CHOSEN", "AnnexFilter", "AnnexRow", "DecreeRow", "ListDetail", "ListFilter", "ListProblem", "ListRow",
    "PersonVerdict", "ProgrammeRow", "ProgrammeState", "RowDetail", "RowFilter", "RowLine", "RowPlace", "ScreeningRow",
    "SheetUnderstood", "annex_page", "annex_rows", "candidate_count", "chosen_persons", "copy_candidates", "decree",
    "decrees", "error_sheet", "kept_source", "list_detail", "lists_page", "names_of_person", "programme",
    "programme_row", "programmes", "reason_counts", "row_detail", "rows_page", "screening_in_force", "screenings",
    "source_file", "verdicts_of_person", "waiting_page",
]  # fmt: skip
