BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'The connection' {
    AfterEach { Disconnect-IoTJobs }

    It 'says what it is connected to' {
        $connection = Connect-IoTJobs -DatabasePath (Join-Path $TestDrive 'jobs.db') -Region 'eu-west-1' -AccountId '210987654321' -PassThru
        $connection.Region | Should -Be 'eu-west-1'
        (New-IoTThing -ThingName 'lamp-1').ThingArn | Should -Be 'arn:aws:iot:eu-west-1:210987654321:thing/lamp-1'
    }

    It 'refuses a folder that is not there' {
        { Connect-IoTJobs -DatabasePath (Join-Path $TestDrive 'none' 'jobs.db') } | Should -Throw -ErrorId 'DatabaseFolderNotFound,IoTJobsToolkit.Cmdlets.ConnectIoTJobsCommand'
    }

    It 'is shared by the runspaces of the process' {
        Connect-TestDatabase
        $manifest = (Get-Module -Name 'IoTJobsToolkit').Path -replace 'IoTJobsToolkit\.Cmdlets\.dll$', 'IoTJobsToolkit.psd1'
        $null = 1..20 | ForEach-Object -Parallel {
            Import-Module -Name $using:manifest
            New-IoTThing -ThingName "lamp-$_"
        }
        Get-IoTThing | Should -HaveCount 20
    }

    It 'keeps what was stored' {
        $path = Join-Path $TestDrive 'kept.db'
        Connect-IoTJobs -DatabasePath $path
        $null = New-IoTThing -ThingName 'lamp-1'
        Disconnect-IoTJobs
        Connect-IoTJobs -DatabasePath $path
        (Get-IoTThing).ThingName | Should -Be 'lamp-1'
    }
}
