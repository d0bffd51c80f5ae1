"""Run a script up to its command line: the words that the texts give it are read there, and nothing is done.

``python tests/dry.py SCRIPT`` takes a list of lists of words as JSON on standard input, and starts the script as its
command would, with nothing of the tests on the path. Ends with 0 if the script takes each list and prints its help;
with a sentence if it refuses one, does something before it has read its command line, or reads none.
"""

import argparse
import json
import runpy
import sys

WORK = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "socket.connect", "socket.bind"}
WORK |= {"os.mkdir", "os.rename", "shutil.copyfile", "shutil.rmtree", "tempfile.mkdtemp"}
given = json.load(sys.stdin)
PARSER = argparse.ArgumentParser
ORIGINAL = {name: getattr(PARSER, name) for name in ("parse_args", "parse_known_args")}


def watch(event: str, values: tuple) -> None:
    """An importing module reads files, and may ask the system something; it changes none and starts no program."""
    if event in WORK:
        raise SystemExit(f"does {event}{values[:1]} before it reads its command line")


def reader(name: str):
    def read(self, args=None, namespace=None):
        for original in ORIGINAL.items():
            setattr(PARSER, *original)
        for words in given:
            ORIGINAL[name](self, words)
        self.print_help()
        raise SystemExit(0)

    return read


sys.dont_write_bytecode = True
sys.addaudithook(watch)
for name in ORIGINAL:
    setattr(PARSER, name, reader(name))
sys.argv = sys.argv[1:]
sys.path[0] = sys.argv[0].rpartition("/")[0]
runpy.run_path(sys.argv[0], run_name="__main__")
raise SystemExit("reads no command line")
