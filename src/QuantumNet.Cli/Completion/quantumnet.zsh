#compdef quantumnet
# Completion of quantumnet for zsh. Made by: quantumnet completion zsh
# Now:        source <(quantumnet completion zsh)
# For ever:   quantumnet completion zsh > "${fpath[1]}/_quantumnet"

typeset -ga _quantumnet_commands _quantumnet_rows
#ROWS#

# The row of a parameter, by any of its spellings, into $REPLY.
_quantumnet_find() {
  local name=${${${1#-}#-}//-/} row
  local -a fields
  name=${name:l}
  for row in $_quantumnet_rows; do
    fields=("${(@s:|:)row}")
    if [[ -n $fields[1] && ( ${fields[1]:l} == $name || ,$fields[2], == *,$name,* ) ]]; then
      REPLY=$row
      return 0
    fi
  done
  return 1
}

_quantumnet_offer() { compadd -M 'm:{a-zA-Z}={A-Za-z}' "$@" }

# Offers the values of a row.
_quantumnet_values() {
  local -a fields lines shown values
  local line
  fields=("${(@s:|:)1}")
  [[ $fields[6] == list ]] && compset -P '*,'
  case $fields[3] in
    path) _files ;;
    fixed) values=("${(@s:;:)fields[5]}"); _quantumnet_offer -a values ;;
    seen)
      lines=("${(@f)$(quantumnet completion values "$fields[4]" "$PREFIX" $_quantumnet_source 2>/dev/null)}")
      values=() shown=()
      for line in $lines; do
        [[ -n $line ]] || continue
        values+=("${line%%$'\t'*}") shown+=("${line/$'\t'/  -- }")
      done
      (( $#values )) && compadd -U -l -d shown -a values
      [[ -n $fields[5] ]] && { values=("${(@s:;:)fields[5]}"); _quantumnet_offer -a values } ;;
  esac
}

_quantumnet() {
  local word pending='' row REPLY name
  local -a fields names shown _quantumnet_source
  local -i i position=0
  if (( CURRENT == 2 )); then
    for row in $_quantumnet_commands; do names+=("${row%%|*}") shown+=("${row/|/  -- }"); done
    _quantumnet_offer -l -d shown -a names
    return
  fi
  _quantumnet_rows_of "${words[2]:l}" || return 1
  for (( i = 3; i < CURRENT; i++ )); do
    word=$words[i]
    if [[ -n $pending ]]; then
      [[ $pending == (Snapshot|Inventory)\|* ]] && _quantumnet_source=("--${pending%%|*}" "${(Q)word}")
      pending=''
    elif [[ $word == -*[=:]* ]]; then
      _quantumnet_find "${word%%[=:]*}" && [[ $REPLY == (Snapshot|Inventory)\|* ]] \
        && _quantumnet_source=("--${REPLY%%|*}" "${${(Q)word}#*[=:]}")
    elif [[ $word == -?* ]]; then
      _quantumnet_find "$word" && [[ $REPLY != *\|none\|* ]] && pending=$REPLY
    else
      (( position++ ))
    fi
  done
  if [[ -n $pending ]]; then
    _quantumnet_values "$pending"
  elif [[ $PREFIX == -*[=:]* ]]; then
    name=${PREFIX%%[=:]*}
    compset -P '[^=:]#[=:]' || compset -P 1 '*[=:]'
    _quantumnet_find "$name" && _quantumnet_values "$REPLY"
  elif [[ $PREFIX == -* ]]; then
    for row in $_quantumnet_rows; do
      fields=("${(@s:|:)row}")
      [[ -n $fields[1] ]] || continue
      if [[ $PREFIX == --* ]]; then
        name=--${(L)${fields[1]//(#b)([A-Z])/-$match[1]}#-}
      else
        name=-$fields[1]
      fi
      names+=($name) shown+=("$name  -- $fields[8]")
    done
    _quantumnet_offer -l -d shown -a names
  else
    for row in $_quantumnet_rows; do
      fields=("${(@s:|:)row}")
      [[ $fields[7] == $position ]] && _quantumnet_values "$row"
    done
  fi
}

if [[ $funcstack[1] == _quantumnet ]]; then
  _quantumnet "$@"
else
  compdef _quantumnet quantumnet
fi
