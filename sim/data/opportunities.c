#include "data/opportunities.h"

#include "data/cell.h"
#include "data/fold.h"

enum column { OPPORTUNITY, STAGE, DATE, SEGMENT, AMOUNT };

static const struct table_column COLUMNS[] = {
    [OPPORTUNITY] = {.name = "opportunity",
                     .other = "opportunityid|opportunityname|deal|dealid|dealname|id|vorgang|"
                              "verkaufschance|chance",
                     .required = true},
    [STAGE] = {.name = "stage",
               .other = "stagename|tostage|newstage|phase|stufe|verkaufsphase",
               .required = true},
    [DATE] = {.name = "date",
              .other = "entered|entereddate|stagedate|changed|changedate|lastmodified|datum|seit",
              .required = true},
    [SEGMENT] = {.name = "segment", .other = "market|tier|markt|kundensegment"},
    [AMOUNT] = {.name = "amount",
                .other = "value|acv|revenue|dealvalue|betrag|umsatz|auftragswert"},
};

static const struct table_form FORM = {COLUMNS, sizeof COLUMNS / sizeof *COLUMNS};

static const char WON[] = "won|closedwon|gewonnen|auftrag|abgeschlossen";
static const char LOST[] = "lost|closedlost|verloren|abandoned|disqualified|abgelehnt";

struct reading {
    bool (*row)(void *user, const struct opportunity_row *opportunity);
    void *user;
};

static bool read_row(void *user, struct table_row *row) {
    const struct reading *reading = user;
    struct opportunity_row opportunity = {.state = OPPORTUNITY_OPEN};
    char folded[FOLDED_SIZE];
    opportunity.opportunity = cell_text(row, OPPORTUNITY);
    opportunity.stage = cell_text(row, STAGE);
    opportunity.segment = cell_text(row, SEGMENT);
    (void)cell_date(row, DATE, &opportunity.date);
    cell_units(row, AMOUNT, &opportunity.amount);
    fold_word(opportunity.stage, folded);
    opportunity.state = fold_is_one_of(folded, WON)    ? OPPORTUNITY_WON
                        : fold_is_one_of(folded, LOST) ? OPPORTUNITY_LOST
                                                       : OPPORTUNITY_OPEN;
    return row->bad || reading->row == NULL || reading->row(reading->user, &opportunity);
}

bool opportunities_read(const char *path, const struct table_options *options,
                        bool (*row)(void *user, const struct opportunity_row *opportunity),
                        void *user, struct table_report *report, struct error *error) {
    struct reading reading = {row, user};
    return table_read(path, &FORM, options, read_row, &reading, report, error);
}
