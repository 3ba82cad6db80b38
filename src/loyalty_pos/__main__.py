"""Start: arguments in, exit status out."""

import sys
from functools import partial

from loyalty_pos import bootstrap, office


def main() -> int:
    """Run what the command line asks for; without a command, the window."""
    if len(sys.argv) == 1 or sys.argv[1] == bootstrap.DRAW:  # as a till starts it, or a window its child
        return bootstrap.start_bare(sys.argv[2:])
    from loyalty_pos.cli.arguments import parse_arguments

    if (arguments := parse_arguments()).command is not None:
        from loyalty_pos.cli.main import run  # only here: a window need not wait for it

        shop = partial(bootstrap.open_shop, actor="import" if arguments.command == "import" else "door")
        return run(arguments, shop, bootstrap.languages, draw=office.draw_report)
    if arguments.self_check:
        from loyalty_pos import self_check

        return self_check.check()
    if arguments.headless_demo is not None:
        return bootstrap.run_headless_demo(arguments.headless_demo)
    return bootstrap.run_window(arguments.window_shop, training=arguments.training)


if __name__ == "__main__":
    sys.exit(main())
