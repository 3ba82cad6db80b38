"""Start: arguments in, exit status out."""

import sys
from functools import partial
from pathlib import Path

from loyalty_pos import bootstrap, office


def main() -> int:
    """Run what the command line asks for; without a command, the window."""
    if len(sys.argv) == 1:  # as a till starts it: nothing to read, so nothing is loaded to read it
        return bootstrap.run_window(None)
    if sys.argv[1] == "--draw-vouchers" and len(sys.argv) == 4:  # a window's own child
        from loyalty_pos.press import draw_request

        return draw_request(Path(sys.argv[2]), Path(sys.argv[3]))
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
