"""What schemathesis is told: ids of both companies in the paths, and that nothing of the other company may come back."""

import json
import os

import schemathesis

WORLD = json.loads(os.environ["KLINKE_FUZZ_WORLD"])
IDS = {name: own + foreign for name, own, foreign in WORLD["ids"]}


def which(context, name):
    """The kind of thing that an id in a path names."""
    if name != "id":
        return name
    path = context.operation.path
    return path.split("/{id}")[0].rsplit("/", 1)[-1]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Random ids find nothing; mostly those of somebody are asked for."""
    for name, value in (path_parameters or {}).items():
        ids = IDS.get(which(context, name))
        chance = sum(str(value).encode())
        if ids and chance % 8:
            path_parameters[name] = ids[chance % len(ids)]
    return path_parameters


@schemathesis.serializer("audio/wav")
def sound(context, value):
    """Whatever it is: nearly all of it is no WAV file, and has to be refused as such."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


@schemathesis.check
def no_foreign_data(context, response, case):
    """No answer holds a word that only the other company's data have."""
    text = response.text.lower()
    for word in WORLD["foreign_words"]:
        sent = json.dumps([str(case.path_parameters), str(case.query), str(case.body)]).lower()
        assert word not in text or word in sent, f"{case.method} {case.path}: {word}"
