# A node's sshd, syslog and hosts file: on the node.

start_sshd() {
  install -m 600 "$LAB/keys/$NODE" /etc/ssh/ssh_host_ed25519_key
  install -m 644 "$LAB/keys/$NODE.pub" /etc/ssh/ssh_host_ed25519_key.pub
  install -m 600 "$LAB/keys/client.pub" /etc/ssh/authorized_keys
  sed -i 's/^root:!*/root:/' /etc/shadow      # a locked root may not log in, not even by key
  cat > /etc/ssh/sshd_config <<E
ListenAddress ${ADDRESS[$NODE]}
HostKey /etc/ssh/ssh_host_ed25519_key
AuthorizedKeysFile /etc/ssh/authorized_keys
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
PrintMotd no
MaxStartups 100
MaxSessions 100
# The default, sntrup761, takes a tenth of a second of processor time from each session.
KexAlgorithms curve25519-sha256
Subsystem sftp /usr/lib/openssh/sftp-server
E
  /usr/sbin/sshd
}

start_syslog() {
  : > /var/log/syslog
  setsid python3 /run/lab/lib/syslogd.py "$NODE" "$FLAVOUR" </dev/null >/dev/null 2>&1 &
  until [ -S /dev/log ]; do sleep 0.02; done
}

write_hosts() {
  local node
  echo '127.0.0.1 localhost'
  for node in controller "${NODES[@]}"; do echo "${ADDRESS[$node]} $node"; done
}
