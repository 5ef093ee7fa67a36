#include "cli/manual.h"

#include "base/roff.h"
#include "cli/version.h"
#include "scenario/reference.h"

#include <ctype.h>
#include <string.h>

static void add_plain(struct text *page, const char *plain) {
    roff_add(page, plain, strlen(plain));
}

static void add_title(struct text *page, const char *name, int section) {
    text_add(page, ".TH \"");
    for (const char *at = name; *at != '\0'; at++) {
        char letter = (char)toupper((unsigned char)*at);
        roff_add(page, &letter, 1);
    }
    text_add(page, "\" %d \"\" \"anreiz ", section);
    add_plain(page, version_number());
    text_add(page, "\" \"Simulation of pay plans\"\n.nh\n.ad l\n.SH NAME\n");
    add_plain(page, name);
    text_add(page, " \\- ");
}

/* The examples of a usage are the lines that are indented, its description the others. */
static void add_lines(struct text *page, const char *text, bool indented) {
    bool begun = false;
    bool gap = false;
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        if (length == 0) {
            gap = begun;
        } else if ((strncmp(line, "  ", 2) == 0) == indented) {
            size_t margin = indented ? 2 : 0;
            text_add(page, "%s", gap && !indented ? ".PP\n" : "");
            roff_add(page, line + margin, length - margin);
            text_add(page, "\n");
            begun = true;
            gap = false;
        }
        line += length + (line[length] == '\n');
    }
}

static void add_examples(struct text *page, const char *text) {
    text_add(page, ".SH EXAMPLES\n.PP\n.nf\n.RS 2\n");
    add_lines(page, text, true);
    text_add(page, ".RE\n.fi\n");
}

static void add_value(struct text *page, const struct argp_option *option) {
    bool optional = (option->flags & OPTION_ARG_OPTIONAL) != 0;
    if (option->arg != NULL) {
        text_add(page, "%s\\fI", optional ? "[=" : "=");
        add_plain(page, option->arg);
        text_add(page, "\\fP%s", optional ? "]" : "");
    }
}

static void add_options(struct text *page, const struct argp_option *option) {
    for (; option->name != NULL || option->doc != NULL || option->key != 0; option++) {
        if (option->name == NULL || (option->flags & OPTION_HIDDEN) != 0) {
            continue;
        }
        text_add(page, ".TP\n");
        if (option->key > ' ' && option->key < 0x7F) {
            text_add(page, "\\fB\\-%c\\fP, ", option->key);
        }
        text_add(page, "\\fB\\-\\-");
        add_plain(page, option->name);
        text_add(page, "\\fP");
        add_value(page, option);
        text_add(page, "\n");
        add_plain(page, option->doc == NULL ? "" : option->doc);
        bool ended = page->length > 0 && page->bytes[page->length - 1] == '.';
        text_add(page, ended ? "\n" : ".\n");
    }
}

static void add_exit_status(struct text *page) {
    text_add(page, ".SH EXIT STATUS\n"
                   ".TP\n.B 0\nDone.\n"
                   ".TP\n.B 1\nCould not: disk full, a folder that is not writable or that already "
                   "holds a run.\n"
                   ".TP\n.B 2\nWrong question: the command line, or the scenario.\n"
                   ".TP\n.B 130\nInterrupted; what was finished is kept, complete in itself and "
                   "marked.\n");
}

static void add_see_also(struct text *page, const char *but) {
    text_add(page, ".SH SEE ALSO\n");
    text_add(page, "%s", *but == '\0' ? "" : ".BR anreiz (1),\n");
    for (size_t n = 0; n < COMMAND_COUNT; n++) {
        if (strcmp(COMMANDS[n].name, but) != 0) {
            text_add(page, ".BR anreiz\\-");
            add_plain(page, COMMANDS[n].name);
            text_add(page, " (1),\n");
        }
    }
    text_add(page,
             strcmp(but, "scenario") == 0 ? ".BR gnuplot (1)\n" : ".BR anreiz\\-scenario (5)\n");
}

void manual_of_command(struct text *page, const struct command *command,
                       const struct usage *usage) {
    struct text name = {0};
    text_add(&name, "anreiz-%s", command->name);
    add_title(page, text_bytes(&name), 1);
    text_free(&name);
    add_plain(page, command->meaning);
    text_add(page, "\n.SH SYNOPSIS\n");
    for (const char *arguments = usage->arguments; arguments != NULL;) { /* a line for each way */
        struct text way = {0};
        const char *end = strchr(arguments, '\n');
        text_add(&way, "%.*s", (int)strcspn(arguments, "\n"), arguments);
        text_add(page, "%s.B ", arguments == usage->arguments ? "" : "\n.br\n");
        add_plain(page, usage->name);
        text_add(page, "\n[\\fIOPTION\\fP...] ");
        add_plain(page, text_bytes(&way));
        text_free(&way);
        arguments = end == NULL ? NULL : end + 1;
    }
    text_add(page, "\n.SH DESCRIPTION\n");
    add_lines(page, usage->examples, false);
    if (usage->notes != NULL && strncmp(usage->notes, "Exit code", 9) != 0) {
        text_add(page, ".PP\n");
        add_lines(page, usage->notes, false);
        add_lines(page, usage->notes, true);
    }
    add_examples(page, usage->examples);
    if (usage->own != NULL && usage->own->options != NULL) {
        text_add(page, ".SH OPTIONS\n");
        add_options(page, usage->own->options);
    }
    text_add(page, ".SH OPTIONS OF EVERY COMMAND\n");
    add_options(page, OPTIONS_COMMON);
    add_exit_status(page);
    add_see_also(page, command->name);
}

static void add_files(struct text *page) {
    text_add(page,
             ".SH FILES\n"
             ".TP\n.I results/NAME\nWhat a run leaves, unless \\fB\\-\\-out\\fP names another "
             "folder: tables, a summary, pictures, and manifest.cfg, the whole scenario with every "
             "default written out.\n"
             ".TP\n.I ../share/anreiz\nSeen from the folder of the program: the configurations "
             "and scenarios that come with it. A scenario that is not found under the name given "
             "is looked for there, and so is what a scenario extends; see\n"
             ".BR anreiz\\-scenario (5).\n"
             ".SH ENVIRONMENT\n"
             ".TP\n.B NO_COLOR\nWhen set, nothing is written in colour.\n");
}

void manual_of_program(struct text *page) {
    add_title(page, "anreiz", 1);
    text_add(page, "what pay plans do to turnover, revenue and the retention of customers\n"
                   ".SH SYNOPSIS\n.B anreiz\n[\\fIOPTION\\fP...] \\fICOMMAND\\fP ...\n"
                   ".SH DESCRIPTION\n");
    add_lines(page, COMMANDS_EXAMPLES, false);
    text_add(page,
             ".PP\nA scenario describes a firm: market segments, roles, pay plans, an economy. It "
             "is simulated month by month, many times with other luck, and distributions are "
             "reported, not single forecasts. Results go to standard output, everything else to "
             "standard error.\n");
    add_examples(page, COMMANDS_EXAMPLES);
    text_add(page, ".SH COMMANDS\n");
    for (size_t n = 0; n < COMMAND_COUNT; n++) {
        text_add(page, ".TP\n\\fBanreiz ");
        add_plain(page, COMMANDS[n].name);
        text_add(page, "\\fP\n");
        add_plain(page, COMMANDS[n].meaning);
        text_add(page, ".\n");
    }
    text_add(page, ".SH OPTIONS OF EVERY COMMAND\n");
    add_options(page, OPTIONS_COMMON);
    add_exit_status(page);
    add_files(page);
    add_see_also(page, "");
}

static const char SCENARIO[] =
    "format of the scenarios of anreiz\n"
    ".SH DESCRIPTION\n"
    "A scenario is a text file in the syntax of libconfig: settings \\fIname\\fP = "
    "\\fIvalue\\fP; in groups { }, lists ( ) and arrays [ ], texts in quotes, comments after //. "
    "It "
    "says what differs from the files that it builds on and from the defaults. Every mistake is "
    "reported with file, line and what is allowed; nothing that is not known is passed over.\n"
    ".SS Building on other files\n"
    ".TP\n\\fBextends\\fP = [ \\(dq\\fIFILE\\fP\\(dq, ... ];\n"
    "The files that this one builds on. They are merged in order, later over earlier, and the file "
    "itself over them: groups merge, everything else replaces.\n"
    ".TP\n\\fBremove\\fP = [ \\(dq\\fIPATH\\fP\\(dq, ... ];\n"
    "What is taken out of them, such as \\(dqroles.kam\\(dq.\n"
    ".PP\n"
    "The path of a file is looked for, in this order:\n"
    ".IP 1. 4\nrelative to the folder of the file in which it stands (on the command line: to the "
    "current folder);\n"
    ".IP 2. 4\nrelative to the folder of the files that come with the program: "
    "\\fI../share/anreiz\\fP seen from the folder of the program, or the checkout it was built "
    "in;\n"
    ".IP 3. 4\nrelative to the folder \\fIscenarios\\fP in it.\n"
    ".PP\n"
    "A path that begins with / or ./ is only looked for where it points.\n"
    ".SS On the command line\n"
    "\\fB\\-\\-set\\fP \\fIPATH\\fP=\\fIVALUE\\fP changes a value after all files are read. The "
    "path of a parameter is its place in the file: \\fIroles.kam.headcount\\fP, "
    "\\fIplans.kam_lti.components.[0].target\\fP; entries of lists are counted from 0.\n"
    ".SH EXAMPLES\n"
    ".PP\n.nf\n.RS 2\n"
    "extends = [ \\(dqscenarios/long_term_kam.cfg\\(dq ];\n"
    "question = \\(dqWhat if key account managers are hard to replace?\\(dq;\n"
    "roles = { kam = { recruiting = { days = 180; }; }; };\n"
    ".RE\n.fi\n"
    ".PP\n\\fBanreiz new\\fP \\fINAME\\fP writes a longer one with comments.\n"
    ".SH PARAMETERS\n"
    "\\fINAME\\fP is any name that you choose, \\fI[N]\\fP an entry of a list.\n";

void manual_of_scenarios(struct text *page) {
    add_title(page, "anreiz-scenario", 5);
    text_add(page, "%s", SCENARIO);
    parameters_manual(page);
    add_see_also(page, "scenario");
}
