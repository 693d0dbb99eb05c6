@{
    RootModule           = 'QuantumNet.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5f6d3a4e-6a0e-4f0b-9d0c-2b7a1f4c9e10'
    Author               = 'QuantumNet maintainers'
    CompanyName          = 'QuantumNet'
    Copyright            = '(c) QuantumNet maintainers. MIT licence.'
    Description          = 'Finds at which hop, on which node and why an OpenStack instance gets no DHCP lease: gathers over SSH, joins the control plane with the nodes, and names the cause with its evidence.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    RequiredAssemblies   = @('QuantumNet.Core.dll')
    FormatsToProcess     = @('QuantumNet.Format.ps1xml')
    TypesToProcess       = @('QuantumNet.Types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Compare-QuantumSnapshot'
        'Connect-Quantum'
        'Disconnect-Quantum'
        'Export-DhcpPathReport'
        'Export-QuantumTopology'
        'Get-AgentConfig'
        'Get-AgentLog'
        'Get-DhcpEvent'
        'Get-DhcpHost'
        'Get-DhcpLease'
        'Get-DhcpPacket'
        'Get-DhcpServer'
        'Get-IptablesRule'
        'Get-LinuxBridge'
        'Get-NetworkNamespace'
        'Get-NodeLink'
        'Get-NovaConsoleLog'
        'Get-NovaInstance'
        'Get-OvsBridge'
        'Get-OvsFdbEntry'
        'Get-OvsFlow'
        'Get-OvsPort'
        'Get-OvsTunnel'
        'Get-QuantumAgent'
        'Get-QuantumCheck'
        'Get-QuantumCollector'
        'Get-QuantumConnection'
        'Get-QuantumNetwork'
        'Get-QuantumPort'
        'Get-QuantumSample'
        'Get-QuantumSecurityGroupRule'
        'Get-QuantumSubnet'
        'Import-QuantumSnapshot'
        'Measure-DhcpCounter'
        'New-QuantumInventory'
        'Restart-QuantumAgent'
        'Save-QuantumSnapshot'
        'Send-DhcpProbe'
        'Test-DhcpPath'
        'Test-DhcpServer'
        'Test-InstanceReachability'
        'Test-OvsTunnel'
        'Test-QuantumConnection'
        'Test-QuantumInventory'
        'Trace-DhcpPacket'
        'Trace-OvsFlow'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('OpenStack', 'Neutron', 'Quantum', 'DHCP', 'OpenvSwitch', 'OVS', 'Networking', 'Diagnostics', 'PSEdition_Core', 'Linux', 'Windows', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            # Where the project lives; the packages of the module and of quantumnet take it from here. Set it before publishing.
            # ProjectUri = 'https://...'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
