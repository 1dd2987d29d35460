BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Tags' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1'
        $null = New-IoTThingGroup -ThingGroupName 'eu' -Tag @{ Key = 'team'; Value = 'ops' }
        $null = New-IoTJob -JobId 'fw-7' -Thing 'lamp-1' -Document '{}'
    }

    It 'lists the tags of a creation' {
        $tag = Get-IoTThingGroup -ThingGroupName 'eu' | Get-IoTTagListForResource
        $tag.Key | Should -Be 'team'
        $tag.Value | Should -Be 'ops'
    }

    It 'adds, overwrites and removes tags without a word' {
        $arn = (Get-IoTJob -JobId 'fw-7').JobArn
        Add-IoTResourceTag -ResourceArn $arn -Tag @{ Key = 'team'; Value = 'dev' }, @{ Key = 'site' } | Should -BeNullOrEmpty
        Add-IoTResourceTag -ResourceArn $arn -Tag @{ Key = 'team'; Value = 'ops' } | Should -BeNullOrEmpty
        (Get-IoTTagListForResource -ResourceArn $arn).Key | Should -Be @('site', 'team')
        Remove-IoTResourceTag -ResourceArn $arn -TagKey 'site' -Force | Should -BeNullOrEmpty
        (Get-IoTTagListForResource -ResourceArn $arn).Value | Should -Be 'ops'
    }

    It 'refuses a reserved key' {
        { Get-IoTJob -JobId 'fw-7' | Add-IoTResourceTag -Tag @{ Key = 'aws:team' } -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidRequestException,IoTJobsToolkit.Cmdlets.AddIoTResourceTagCommand'
    }
}
