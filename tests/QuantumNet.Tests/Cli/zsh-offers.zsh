# Prints what zsh offers for a command line: zsh -f zsh-offers.zsh SCRIPT LINE
zmodload zsh/zpty
folder=$(mktemp -d)
cat > $folder/start <<'START'
autoload -Uz compinit; compinit -D -u
source $SCRIPT
LISTMAX=0; setopt no_beep
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return $?; fi
  local -a offered
  builtin compadd -A offered "$@"
  print -rl -- $offered >> $FOLDER/offers
  builtin compadd "$@"
}
zle -C capture list-choices _main_complete
finish() { : > $FOLDER/done }
zle -N finish
bindkey '^X' capture
bindkey '^Y' finish
: > $FOLDER/ready
START
export FOLDER=$folder SCRIPT=$1
await() { local count=0; until [[ -e $folder/$1 ]] || (( count++ > 300 )); do sleep 0.1; zpty -r -t z _; done }
zpty z zsh -f -i
zpty -w z "source $folder/start"
await ready
zpty -w -n z "$2"$'\C-x\C-y'
await done
[[ -e $folder/offers ]] && sort -u $folder/offers
zpty -d z
rm -r $folder
