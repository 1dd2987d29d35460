BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Access' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1'
    }

    It 'makes, lists and removes access keys' {
        $key = New-IoTAccessKey -UserName 'build server' -Role VIEWER
        $key.SecretAccessKey.Length | Should -Be 40
        (Get-IoTAccessKey).UserName | Should -Be 'build server'
        $key | Remove-IoTAccessKey -Force | Should -BeNullOrEmpty
        Get-IoTAccessKey | Should -BeNullOrEmpty
    }

    It 'makes, changes, lists and removes accounts' {
        foreach ($name in 'alice', 'bob') {
            $account = [pscredential]::new($name, (ConvertTo-SecureString 'a long enough word' -AsPlainText -Force))
            $null = New-IoTAccount -Account $account -Role ADMINISTRATOR
        }
        Set-IoTAccount -AccountName 'bob' -Role VIEWER -Unlock
        (Get-IoTAccount).Role | Should -Be @('ADMINISTRATOR', 'VIEWER')
        { Remove-IoTAccount 'alice' -Force -ErrorAction Stop } | Should -Throw -ExpectedMessage '*only administrator*'
        Get-IoTAccount | Where-Object AccountName -eq 'bob' | Remove-IoTAccount -Force | Should -BeNullOrEmpty
        (Get-IoTAccount).AccountName | Should -Be 'alice'
    }

    It 'writes a certificate with its key as files' {
        $folder = Join-Path $TestDrive 'certs'
        $issued = New-IoTThingCertificate -ThingName 'lamp-1' -ValidDays 30 -DestinationPath $folder
        $issued.PrivateKey | Should -BeNullOrEmpty
        Get-Content (Join-Path $folder 'lamp-1.key.pem') -Raw | Should -Match 'PRIVATE KEY'
        (Get-Content (Join-Path $folder 'lamp-1.cert.pem') -Raw).Trim() | Should -Be $issued.CertificatePem.Trim()
    }

    It 'revokes what a device has, from the pipeline' {
        $null = New-IoTThingCertificate -ThingName 'lamp-1'
        $null = New-IoTThingToken -ThingName 'lamp-1'
        Get-IoTThingCredential -ThingName 'lamp-1' | Where-Object Kind -eq 'TOKEN' | Revoke-IoTThingToken -Force
        Get-IoTThingCredential -ThingName 'lamp-1' | Where-Object Kind -eq 'CERTIFICATE' | Revoke-IoTThingCertificate -Force
        (Get-IoTThingCredential -ThingName 'lamp-1').Status | Should -Be @('REVOKED', 'REVOKED')
    }

    It 'refuses a thing that is not there' {
        { New-IoTThingToken -ThingName 'nobody' -ErrorAction Stop } |
            Should -Throw -ErrorId 'ResourceNotFoundException,IoTJobsToolkit.Cmdlets.NewIoTThingTokenCommand'
    }
}
