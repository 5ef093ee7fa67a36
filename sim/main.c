/* anreiz: what pay plans do to turnover, revenue and the retention of customers, by simulation. */
#include "cli/cli.h"

int main(int argc, char **argv) { return cli_main(argc, argv); }
