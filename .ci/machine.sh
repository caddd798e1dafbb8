# What the three commands need from the machine. Sourced, not run.

need_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1; then
    echo "The .NET 10 SDK is missing: install it first (package dotnet-sdk-10.0)." >&2
    exit 1
  fi
}

# Installs Debian packages that are not there. Without root it says the exact command and stops.
need_packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local command="apt-get install -y --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    echo "Missing: ${missing[*]}. Run this as root, then start again:" >&2
    echo "  apt-get update && $command" >&2
    exit 1
  fi
  echo "Installing ${missing[*]} ..."
  # Debian would start a server of its own; ours is private and starts with the city.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  # Nor any other: the proxy is started by the test that needs it.
  local log policy=/usr/sbin/policy-rc.d ours=no failed=no
  [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && ours=yes; }
  log=$(mktemp)
  { apt-get update && DEBIAN_FRONTEND=noninteractive $command; } >"$log" 2>&1 || failed=yes
  [ "$ours" = no ] || rm -f "$policy"
  if [ "$failed" = yes ]; then
    tail -5 "$log" >&2
    echo "Installing ${missing[*]} failed; the last lines are above." >&2
    exit 1
  fi
  rm -f "$log"
}

# Builds a project in Release when its sources are newer than the last build.
build_once() {
  local project=$1 stamp
  stamp="$(dirname "$project")/bin/Release/.built"
  if [ ! -e "$stamp" ] || [ -n "$(find src Directory.Build.props Directory.Packages.props global.json -newer "$stamp" -type f \
      -not -path '*/bin/*' -not -path '*/obj/*' -print -quit)" ]; then
    echo "Building ..."
    DOTNET_TieredPGO=0 dotnet build "$project" -c Release -v q --nologo -p:RunAnalyzers=false -clp:ErrorsOnly
    touch "$stamp"
  fi
}
