"""Builds what a run needs: the tool, the instrumented copy of the package, its tests."""

import json
import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent
MODULE = Path("Sources/SessionTokens")
TESTS = Path("Tests/SessionTokensTests")

DIAGNOSTIC = re.compile(r"^(/.*?\.swift):(\d+):(\d+): error: (.*)$", re.M)
MARK = re.compile(r"/\*(?:<(\d+)|(\d+)>)\*/")


class BuildFailed(Exception):
    """The tool, the package or its tests do not compile, for another reason than a mutant."""


class Workshop:
    def __init__(self, folder, configuration):
        self.folder = folder
        self.configuration = configuration
        self.tool = folder / "instrument"
        self.copy = folder / "package"
        folder.mkdir(parents=True, exist_ok=True)

    def build_tool(self):
        """Compiles the tool against the SwiftSyntax that the toolchain brings along."""
        sources = sorted((HERE / "Instrument").glob("*.swift"))
        newest = max(source.stat().st_mtime for source in sources)
        if self.tool.exists() and self.tool.stat().st_mtime > newest:
            return
        host = Path(shutil.which("swiftc")).resolve().parent.parent / "lib/swift/host"
        self._swift(
            "swiftc", *sources, "-o", self.tool, "-swift-version", "6", "-parse-as-library",
            "-warnings-as-errors", "-I", host, "-L", host, "-lSwiftSyntax", "-lSwiftParser",
            "-lSwiftOperators", "-Xlinker", "-rpath", "-Xlinker", host)

    def mutants(self):
        """All mutants of the module, by their numbers."""
        listing = self.folder / "mutants.json"
        self._swift(self.tool, PACKAGE / MODULE, listing)
        return {mutant["number"]: mutant for mutant in json.loads(listing.read_text())}

    def build(self, numbers):
        """Builds the tests of a copy with these mutants; returns those that do not compile.

        Errors are looked for in a debug build, which is quicker.
        """
        numbers = set(numbers)
        broken = self._known_broken() & numbers
        self._copy_package()
        while True:
            self._instrument(numbers - broken)
            output = self._build("debug", "--target", "SessionTokens")
            if output is None:
                break
            blamed = self._blamed(output) - broken
            if not blamed:
                raise BuildFailed(output)
            broken |= blamed
        self._keep_broken(broken)
        if self.configuration == "debug":
            self._link_tests()
        elif (output := self._build(self.configuration, "--build-tests")) is not None:
            raise BuildFailed(output)
        return broken

    def _link_tests(self):
        """Links the debug tests of the package itself with the instrumented module.

        What the compiler made of the tests depends on the module's declarations, and a mutant changes none.
        """
        # The flags of `.ci/run`, with which a change has been built already.
        self._swift(
            "swift", "build", "--package-path", PACKAGE, "--build-tests", "-Xswiftc", "-warnings-as-errors")
        built = (PACKAGE / ".build/debug").resolve()
        instrumented = (self.copy / ".build/debug/SessionTokens.build").resolve()
        listing = next(built.glob("*PackageTests.product/Objects.LinkFileList")).read_text().split()
        others = [each for each in listing if not each.startswith(f"{built}/SessionTokens.build/")]
        objects = self.folder / "objects.txt"
        names = [source.name for source in sorted((self.copy / MODULE).rglob("*.swift"))]
        objects.write_text("\n".join([*others, *(f"{instrumented}/{name}.o" for name in names)]))
        self._swift("swiftc", "-emit-executable", f"@{objects}", "-o", self.test_bundle())

    def _known_broken(self):
        """Those that did not compile the last time: a build begins where that one ended."""
        kept = self.folder / "broken.json"
        identities = set(json.loads(kept.read_text())) if kept.exists() else set()
        return {number for number, each in self.mutants().items() if each["identity"] in identities}

    def _keep_broken(self, broken):
        mutants = self.mutants()
        identities = sorted(mutants[number]["identity"] for number in broken)
        (self.folder / "broken.json").write_text(json.dumps(identities))

    def test_bundle(self):
        if self.configuration == "debug":
            return self.folder / "MutantTests.xctest"
        return next((self.copy / ".build" / self.configuration).glob("*PackageTests.xctest"))

    def _copy_package(self):
        """Copies what has changed, so that the rest is not compiled again."""
        self.copy.mkdir(exist_ok=True)
        # A test compares the figures of the page of evidence with its own.
        for name in ["Package.swift", ".github/ARCHITECTURE.md"]:
            (self.copy / name).parent.mkdir(exist_ok=True)
            shutil.copy2(PACKAGE / name, self.copy / name)
        self._mirror(PACKAGE / TESTS, self.copy / TESTS)

    @staticmethod
    def _mirror(source, target):
        for file in sorted(source.rglob("*")):
            copy = target / file.relative_to(source)
            if file.is_dir():
                copy.mkdir(parents=True, exist_ok=True)
            elif not copy.exists() or copy.read_bytes() != file.read_bytes():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
        for copy in sorted(target.rglob("*")):
            if copy.is_file() and not (source / copy.relative_to(target)).exists():
                copy.unlink()

    def _instrument(self, numbers):
        wanted = self.folder / "numbers.txt"
        wanted.write_text("".join(f"{number}\n" for number in sorted(numbers)))
        target = self.copy / MODULE
        self._swift(self.tool, PACKAGE / MODULE, self.folder / "mutants.json", wanted, target)
        run_time = target / "Mutant.swift"
        text = (HERE / "Runtime/Mutant.swift").read_text()
        if not run_time.exists() or run_time.read_text() != text:
            run_time.write_text(text)
        for file in target.rglob("*.swift"):
            if file != run_time and not (PACKAGE / MODULE / file.relative_to(target)).exists():
                file.unlink()

    def _build(self, configuration, *arguments):
        """What the build said when it failed; `None` when it did not."""
        command = [
            "swift", "build", "--package-path", self.copy, "-c", configuration,
            "-Xswiftc", "-enable-testing", "-Xswiftc", "-gnone", *arguments]
        result = subprocess.run(command, capture_output=True, text=True)
        return result.stdout + result.stderr if result.returncode else None

    @staticmethod
    def _blamed(output):
        """The mutants that an error is about: the innermost whose text it stands in.

        Where it stands in none it is about one in its statement, and all of them are meant.
        """
        blamed = set()
        for path, line, column, _ in DIAGNOSTIC.findall(output):
            lines = Path(path).read_bytes().split(b"\n")
            offset = sum(len(each) + 1 for each in lines[: int(line) - 1]) + int(column) - 1
            text = b"\n".join(lines).decode()
            place = len(b"\n".join(lines)[:offset].decode())
            marks, innermost = [], None
            for mark in MARK.finditer(text):
                if mark.group(1):
                    marks.append((int(mark.group(1)), mark.start()))
                    continue
                number, start = marks.pop()
                if start <= place < mark.end():
                    innermost = number, text[start : mark.end()]
                    break
            if innermost and innermost[0]:
                blamed.add(innermost[0])
            elif innermost:
                blamed.update(int(n) for n, _ in MARK.findall(innermost[1]) if n and int(n))
        return blamed

    @staticmethod
    def _swift(*command):
        result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        if result.returncode:
            raise BuildFailed(result.stdout + result.stderr)
