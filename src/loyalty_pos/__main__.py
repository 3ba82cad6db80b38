"""Start: arguments in, exit status out."""

import sys

from loyalty_pos import bootstrap
from loyalty_pos.printing import DRAW


def main() -> int:
    """Run what the command line asks for; without a command, the window."""
    if len(sys.argv) == 1 or sys.argv[1] == DRAW:  # as a till starts it, or a window its child
        return bootstrap.start_bare(sys.argv[2:])
    from loyalty_pos.cli.arguments import parse_arguments

    if (arguments := parse_arguments()).command is not None:
        return bootstrap.run_command(arguments)
    if arguments.self_check:
        from loyalty_pos import self_check

        return self_check.check()
    if arguments.headless_demo is not None:
        return bootstrap.run_headless_demo(arguments.headless_demo)
    return bootstrap.run_window(arguments.window_shop, training=arguments.training)


if __name__ == "__main__":
    sys.exit(main())
