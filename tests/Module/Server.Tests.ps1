# Against a running server: set IOTJOBS_TEST_ENDPOINT, and IOTJOBS_ACCESS_KEY_ID and IOTJOBS_SECRET_ACCESS_KEY where it asks for keys.
# All that is made there is named after this run, and removed at its end.

Describe 'A server' -Skip:(-not $env:IOTJOBS_TEST_ENDPOINT) {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
        Import-TestModule
        $connection = Connect-IoTJobs -Endpoint $env:IOTJOBS_TEST_ENDPOINT -PassThru
        $run = "pester-$([guid]::NewGuid().ToString('n').Substring(0, 12))"
    }

    AfterAll {
        Get-IoTJob -JobId "$run-*" | Remove-IoTJob -Force
        Get-IoTThing -ThingName "$run-*" | Remove-IoTThing -Force
        Get-IoTThingGroup -ThingGroupName "$run-*" | Remove-IoTThingGroup -Force
        Disconnect-IoTJobs
    }

    It 'is what the connection says' {
        $connection.Kind | Should -Be 'Server'
        $connection.Endpoint | Should -Be ([uri]$env:IOTJOBS_TEST_ENDPOINT)
    }

    It 'rolls a job out to the things of a group, and lists its executions' {
        $null = New-IoTThing -ThingName (1..3 | ForEach-Object { "$run-lamp-$_" })
        $null = New-IoTThingGroup -ThingGroupName "$run-eu"
        Get-IoTThing -ThingName "$run-lamp-*" | Add-IoTThingToThingGroup -ThingGroupName "$run-eu"
        $null = New-IoTJob -JobId "$run-fw" -Group "$run-eu" -Document '{}'

        Get-IoTJobExecutionsForJobList -JobId "$run-fw" | Should -HaveCount 3
        (Get-IoTJob -JobId "$run-fw").Status | Should -Be 'IN_PROGRESS'
    }

    It 'lets a device work, and stops the rest' {
        $execution = Start-IoTJNextPendingJobExecution -ThingName "$run-lamp-1"
        $execution.JobId | Should -Be "$run-fw"
        $execution | Update-IoTJJobExecution -Status SUCCEEDED
        Stop-IoTJob -JobId "$run-fw" -Force

        Get-IoTJobExecutionsForJobList -JobId "$run-fw" -Status SUCCEEDED | Should -HaveCount 1
        Get-IoTJobExecutionsForJobList -JobId "$run-fw" -Status CANCELED | Should -HaveCount 2
    }

    It 'refuses what is not there by its name' {
        { Get-IoTJob -JobId "$run-none" -ErrorAction Stop } | Should -Throw -ErrorId 'ResourceNotFoundException,IoTJobsToolkit.Cmdlets.GetIoTJobCommand'
    }
}
