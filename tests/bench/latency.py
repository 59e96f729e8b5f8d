"""From a frame log: how long a click took to the socket, and an answer to the screen."""
import statistics


def records(path):
    """(kind, seconds, plain words, {name: value}) of each line."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            kind, at, *words = line.split()
            named = dict(word.split("=", 1) for word in words if "=" in word)
            yield kind, float(at), [word for word in words if "=" not in word], named


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def latencies(path):
    """Seconds: of each release to the write of the next PutUserStatus on a warm connection; of each answer's last byte to
    the return from the swap that first shows it; of each turn that drew."""
    releases, puts, answers, turns, shows = [], [], {}, [], []
    for kind, at, words, named in records(path):
        if kind == "release":
            releases.append(at)
        elif kind == "frame":
            turns.append(float(named["turn"]))
            if "shows" in named:
                shows.append((named["shows"], at))
        elif kind == "exchange":
            answers[named["id"]] = float(named["answered"])
            if words[0] == "PUT":
                puts.append((at, named["connection"] == "warm"))
    puts.sort()
    clicks = []
    for release in releases:
        sent = next((put for put in puts if put[0] >= release), None)
        if sent and sent[1]:
            clicks.append(sent[0] - release)
    return clicks, [at - answers[name] for name, at in shows if name in answers], turns


def table_line(values, frame):
    return (f"p50 {statistics.median(values)*1e3:.2f}, p99 {percentile(values, 0.99)*1e3:.2f}, "
            f"max {max(values)*1e3:.2f} ms; frame {frame*1e3:.2f} ms")
