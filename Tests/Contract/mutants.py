#!/usr/bin/env python3
"""Do the vectors suffice? Changes session_tokens.py in one place after the other: some row must fail.

    mutants.py

Comparisons, conditions, operators, and constants are changed. A change that no row notices is in
survivors.txt with the reason, or this fails; so does a reason that nothing needs any more.
"""

import ast
import sys
import types
from collections import Counter

import reader


class Breaker(ast.NodeTransformer):
    """Makes the change of that number, or counts the changes there are."""

    SWAPS = {
        ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
        ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
        ast.Add: ast.Sub, ast.Sub: ast.Add, ast.And: ast.Or, ast.Or: ast.And}

    def __init__(self, number=None):
        self.number = number
        self.count = 0
        self.line = None

    def is_next(self, node):
        self.count += 1
        if self.count - 1 == self.number:
            self.line = node.lineno
        return self.count - 1 == self.number

    def visit_Compare(self, node):
        self.generic_visit(node)
        for index, operator in enumerate(node.ops):
            if self.is_next(node):
                node.ops[index] = self.SWAPS[type(operator)]()
        return node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if type(node.op) in self.SWAPS and self.is_next(node):
            node.op = self.SWAPS[type(node.op)]()
        return node

    def visit_BoolOp(self, node):
        self.generic_visit(node)
        if self.is_next(node):
            node.op = self.SWAPS[type(node.op)]()
        for index in range(len(node.values)):
            if len(node.values) > 1 and self.is_next(node):
                del node.values[index]
                break
        return node

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.Not) and self.is_next(node) else node

    def visit_IfExp(self, node):
        self.generic_visit(node)
        for branch in (node.body, node.orelse):
            if self.is_next(node):
                return branch
        return node

    def visit_If(self, node):
        self.generic_visit(node)
        if self.is_next(node):
            node.test = ast.copy_location(ast.Constant(False), node)
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        opposite = {"min": "max", "max": "min", "any": "all", "all": "any"}
        if isinstance(node.func, ast.Name) and node.func.id in opposite and self.is_next(node):
            node.func.id = opposite[node.func.id]
        return node

    def visit_Constant(self, node):
        if type(node.value) is int:
            for change in (1, -1):
                if self.is_next(node):
                    return ast.copy_location(ast.Constant(node.value + change), node)
        if type(node.value) in (str, bytes) and node.value and self.is_next(node):
            return ast.copy_location(ast.Constant(node.value[:-1]), node)
        return node

    def visit_Expr(self, node):
        # Docstrings decide nothing.
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Raise(self, node):
        # The text of an error is for its reader.
        is_text = isinstance(node.exc, ast.Call) and node.exc.func.id == "ValueError"
        return node if is_text else self.generic_visit(node)


def broken(source, number):
    """The contract with the change of that number, and what made it."""
    breaker = Breaker(number)
    tree = ast.fix_missing_locations(breaker.visit(ast.parse(source)))
    module = types.ModuleType("broken")
    if number is not None:
        exec(compile(tree, "session_tokens.py", "exec"), module.__dict__)
    return module, breaker


def survivors(vectors, source):
    """How many changes of each line no row notices, and how many there are in all."""
    lines = source.splitlines()
    _, counter = broken(source, None)
    unnoticed = Counter()
    rows = list(reader.all_rows(vectors))
    for number in range(counter.count):
        try:
            reader.contract, breaker = broken(source, number)
        except Exception:  # it does not even load
            continue
        index = next((index for index, row in enumerate(rows) if reader.trouble(*row, vectors)), None)
        if index is None:
            unnoticed[lines[breaker.line - 1].strip()] += 1
        else:
            # What has found one change finds the next.
            rows.insert(0, rows.pop(index))
    return unnoticed, counter.count


def expected_survivors():
    """The lines of survivors.txt: a count, a line of the contract, and below it the reason."""
    counts = Counter()
    for line in (reader.FOLDER / "survivors.txt").read_text(encoding="utf-8").splitlines():
        if line[:1].isdigit():
            count, text = line.split(" ", 1)
            counts[text] += int(count)
    return counts


def main():
    source = (reader.FOLDER / "session_tokens.py").read_text(encoding="utf-8")
    unnoticed, count = survivors(reader.load(), source)
    expected = expected_survivors()
    for line in sorted(set(unnoticed) | set(expected)):
        if unnoticed[line] != expected[line]:
            print(f"{unnoticed[line]} {line}\n  instead of {expected[line]}", file=sys.stderr)
    if unnoticed != expected:
        sys.exit("survivors.txt says otherwise")
    print(f"{count} changes, {sum(unnoticed.values())} of them without effect, the others noticed")


if __name__ == "__main__":
    main()
