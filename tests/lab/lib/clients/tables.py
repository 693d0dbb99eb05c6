"""The boxed tables of the OpenStack clients (cliff, prettytable)."""


def table(headings, rows):
    cells = [[str(c).split("\n") for c in row] for row in rows]
    widths = [max([len(h)] + [len(line) for row in cells for line in row[i]]) for i, h in enumerate(headings)]
    edge = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    lines = [edge, boxed(headings, widths), edge] if headings else [edge]
    for row in cells:
        for n in range(max(map(len, row))):
            lines.append(boxed([c[n] if n < len(c) else "" for c in row], widths))
    return "\n".join(lines + [edge]) if rows or headings else ""


def boxed(cells, widths):
    return "|" + "|".join(f" {cell:<{width}} " for cell, width in zip(cells, widths)) + "|"
