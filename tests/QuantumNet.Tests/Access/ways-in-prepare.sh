# Run by root on the node: what the user could use, if he got that far. $1 is the user's name.
set -e
W=/home/ways V=/var/lib/neutron
L=22222222-2222-2222-2222-222222222222
D=33333333-3333-3333-3333-333333333333 A=44444444-4444-4444-4444-444444444444
B=55555555-5555-5555-5555-555555555555
id neutron >/dev/null 2>&1 || useradd -r -M -d / neutron
mkdir -p $W /root/folder && echo the-secret-of-root > /root/secret && cp /root/secret /root/folder/host
chmod 700 /root && chmod 600 /root/secret /root/folder/host
own() { mkdir -p "$(dirname "$W/$1")"; printf '#!/bin/sh\n[ "$(id -u)" != 0 ] || cat /root/secret\n' > "$W/$1"; chmod 755 "$W/$1"; }
for x in own own.so timeout nft ovs-vsctl 'cat /etc/dnsmasq.conf' 'cat /var/lib/neutron/dhcp/aa/host' \
  'docker exec x /usr/bin/ovs-vsctl list-br' 'ip netns exec qdhcp-aa /usr/bin/nc -z -v -n -w 3 10.0.0.1 22' \
  'curl -sv --connect-timeout 3 -m 4 telnet://10.0.0.1:22' \
  'tcpdump -p -l -n -tt -e -xx -s 1600 -c 1 -i lo (less 1073741825) and x/own'; do own "$x"; done
printf '%s' $A > $W/race; printf '%s' $B > $W/turn
chown -R "$1" $W
mkdir -p $V/dhcp/$L $V/dhcp/$A $V/dhcp/$B /etc/neutron/plugins /var/log/neutron
ln -sf /root/secret $V/dhcp/$L/host; mkdir -p $V/dhcp/$L/opts; ln -sfn /root/folder $V/dhcp/$D
ln -sf /root/secret /var/log/neutron/link-agent.log; mkfifo /var/log/neutron/pipe-agent.log
ln -sf /root/secret /etc/neutron/neutron.conf; ln -sfn /root /etc/neutron/plugins/link
chown -hR neutron $V /etc/neutron /var/log/neutron; chmod 700 $V
# The file and the folder that change.
cat > $W/change <<'END'
cd /var/lib/neutron/dhcp
while [ -e /root/secret ]; do
ln -sf /root/secret x; mv -f x $1/host; echo ok > y; mv -f y $1/host
ln -sfn /root/folder z; mv -T z $2 2>/dev/null || { mv $2 w; mv -T z $2; rm -f $2; mv w $2; }
done
END
setsid sh $W/change $A $B </dev/null >/dev/null 2>&1 &
echo ready
