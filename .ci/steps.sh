# What .ci/run and .ci/long are made of; sourced with `out` set, the folder of their results.
export CI=true
rm -rf "$out" && mkdir -p "$out"

need() { # need COMMAND PACKAGE...: installs Debian packages where the command is missing
  local command=$1
  shift
  command -v "$command" >/dev/null 2>&1 && return
  [ -n "${updated:-}" ] || { apt-get update -qq && updated=1; }
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

check() { # check NAME COMMAND...: one yes-or-no check
  local name=$1 begin=$SECONDS
  shift
  echo "=== $name"
  if "$@"; then echo "{\"passed\":1,\"failed\":0}" >"$out/$name.check"; else echo "{\"passed\":0,\"failed\":1}" >"$out/$name.check"; fi
  echo "--- $name: $((SECONDS - begin)) s"
}

suite() { # suite NAME COMMAND...: a jest suite, counted test by test
  local name=$1 begin=$SECONDS
  shift
  echo "=== $name"
  "$@" --json --outputFile="$out/$name.json" || [ -s "$out/$name.json" ] || echo '{"numPassedTests":0,"numFailedTests":1}' >"$out/$name.json"
  echo "--- $name: $((SECONDS - begin)) s"
}
