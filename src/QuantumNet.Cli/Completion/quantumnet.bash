# Completion of quantumnet for bash. Made by: quantumnet completion bash
# Now:        source <(quantumnet completion bash)
# For ever:   quantumnet completion bash > ~/.local/share/bash-completion/completions/quantumnet

#ROWS#

# Offers those of the words that begin with what is typed, in any case.
_quantumnet_offer() {
  local word
  for word in "$@"; do
    [[ ${word,,} == "${_quantumnet_typed,,}"* ]] && _quantumnet_add "$word"
  done
}

# Adds one reply: what stands before it on the command line, up to a break of words, is left to readline.
_quantumnet_add() {
  local reply
  printf -v reply '%q' "$1"
  reply=$_quantumnet_before$reply
  COMPREPLY+=("${reply#"$_quantumnet_broken"}")
}

# The row of a parameter, by any of its spellings, into $_quantumnet_row.
_quantumnet_find() {
  local name=${1#-} row fields
  name=${name#-} name=${name//-/} name=${name,,}
  for row in "${_quantumnet_rows[@]}"; do
    IFS='|' read -r -a fields <<< "$row"
    if [[ -n ${fields[0]} && ( ${fields[0],,} == "$name" || ,${fields[1]}, == *",$name,"* ) ]]; then
      _quantumnet_row=$row
      return 0
    fi
  done
  return 1
}

# Offers the values of a row.
_quantumnet_values() {
  local fields line values word
  IFS='|' read -r -a fields <<< "$1"
  if [[ ${fields[5]} == list && $_quantumnet_typed == *,* ]]; then
    _quantumnet_before+=${_quantumnet_typed%,*},
    _quantumnet_typed=${_quantumnet_typed##*,}
  fi
  case ${fields[2]} in
    path)
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("${line#"$_quantumnet_broken"}"); done \
        < <(compgen -f -- "$_quantumnet_typed") ;;
    fixed)
      IFS=';' read -r -a values <<< "${fields[4]}"
      _quantumnet_offer "${values[@]}" ;;
    seen)
      while IFS=$'\t' read -r line word; do [[ -n $line ]] && _quantumnet_add "$line"; done \
        < <(quantumnet completion values "${fields[3]}" "$_quantumnet_typed" "${_quantumnet_source[@]}" 2>/dev/null)
      IFS=';' read -r -a values <<< "${fields[4]}"
      _quantumnet_offer "${values[@]}" ;;
  esac
}

_quantumnet() {
  local words word pending='' row fields i position=0
  local _quantumnet_rows=() _quantumnet_row='' _quantumnet_source=() _quantumnet_typed _quantumnet_before=''
  local _quantumnet_broken=''
  COMPREPLY=()
  read -r -a words <<< "${COMP_LINE:0:COMP_POINT}"
  [[ ${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]] && words+=('')
  local last=$(( ${#words[@]} - 1 ))
  (( last > 0 )) || return 0
  _quantumnet_typed=${words[last]}
  if (( last == 1 )); then
    _quantumnet_offer "${_quantumnet_commands[@]}"
    return 0
  fi
  _quantumnet_rows_of "${words[1],,}" || return 0
  # readline replaces only what follows the last break of words
  if [[ $_quantumnet_typed == *[:=]* && $COMP_WORDBREAKS == *[:=]* ]]; then
    _quantumnet_broken=${_quantumnet_typed%"${_quantumnet_typed##*[:=]}"}
  fi
  for (( i = 2; i < last; i++ )); do
    word=${words[i]}
    if [[ -n $pending ]]; then
      [[ $pending == Snapshot\|* || $pending == Inventory\|* ]] && _quantumnet_source=("--${pending%%|*}" "$word")
      pending=''
    elif [[ $word == -*[=:]* ]]; then
      _quantumnet_find "${word%%[=:]*}" \
        && [[ $_quantumnet_row == Snapshot\|* || $_quantumnet_row == Inventory\|* ]] \
        && _quantumnet_source=("--${_quantumnet_row%%|*}" "${word#*[=:]}")
    elif [[ $word == -?* ]]; then
      _quantumnet_find "$word" && [[ $_quantumnet_row != *\|none\|* ]] && pending=$_quantumnet_row
    else
      (( position++ ))
    fi
  done
  if [[ -n $pending ]]; then
    _quantumnet_values "$pending"
  elif [[ $_quantumnet_typed == -*[=:]* ]]; then
    word=$_quantumnet_typed
    _quantumnet_before=${word%%[=:]*}
    _quantumnet_before=${word:0:$(( ${#_quantumnet_before} + 1 ))}
    _quantumnet_typed=${word:${#_quantumnet_before}}
    _quantumnet_find "${word%%[=:]*}" && _quantumnet_values "$_quantumnet_row"
  elif [[ $_quantumnet_typed == -* ]]; then
    for row in "${_quantumnet_rows[@]}"; do
      word=${row%%|*}
      [[ -n $word ]] || continue
      if [[ $_quantumnet_typed == --* ]]; then
        while [[ $word =~ ^(.*[a-z])([A-Z].*)$ ]]; do word=${BASH_REMATCH[1]}-${BASH_REMATCH[2],}; done
        _quantumnet_offer "--${word,,}"
      else
        _quantumnet_offer "-$word"
      fi
    done
  else
    for row in "${_quantumnet_rows[@]}"; do
      IFS='|' read -r -a fields <<< "$row"
      [[ ${fields[6]} == "$position" ]] && _quantumnet_values "$row"
    done
  fi
  return 0
}

complete -F _quantumnet quantumnet
