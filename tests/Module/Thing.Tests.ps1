BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Things' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1' -Attribute @{ Site = 'Utrecht' }
    }

    It 'registers from rows of a table' {
        $rows = "ThingName,ThingTypeName`ncar-1,Car`ncar-2,Car" | ConvertFrom-Csv
        ($rows | New-IoTThing).ThingName | Should -Be @('car-1', 'car-2')
        (Get-IoTThingList -ThingTypeName 'Car').ThingName | Should -Be @('car-1', 'car-2')
    }

    It 'describes by name and by wildcard' {
        (Get-IoTThing -ThingName 'lamp-1').Attributes['Site'] | Should -Be 'Utrecht'
        (Get-IoTThing -ThingName 'lamp-*').ThingName | Should -Be 'lamp-1'
    }

    It 'filters by attribute' {
        (Get-IoTThingList -AttributeName 'Site' -AttributeValue 'Utr' -UsePrefixAttributeValue $true).ThingName | Should -Be 'lamp-1'
    }

    It 'finds by query, and by the beginning of names' {
        $null = New-IoTThing -ThingName 'car-1' -ThingTypeName 'Car'
        (Find-IoTThing 'attributes.Site:utr* OR thingTypeName:Car').ThingName | Should -Be @('car-1', 'lamp-1')
        (Find-IoTThing -ThingNamePrefix 'lamp-').ThingName | Should -Be 'lamp-1'
        (Find-IoTThing 'attributes.Site:Utrecht' | Get-IoTThingConnectivity).Connected | Should -BeFalse
    }

    It 'replaces attributes, or merges them' {
        Update-IoTThing -ThingName 'lamp-1' -Attribute @{ Floor = 2 } -Merge
        (Get-IoTThing -ThingName 'lamp-1').Attributes.Keys | Should -Be @('Floor', 'Site')
        Update-IoTThing -ThingName 'lamp-1' -AttributePayload @{ Attributes = @{ Floor = '3' } }
        (Get-IoTThing -ThingName 'lamp-1').Attributes.Keys | Should -Be 'Floor'
    }

    It 'tells that a thing which never connected is not connected' {
        $connectivity = Get-IoTThing -ThingName 'lamp-1' | Get-IoTThingConnectivity
        $connectivity.ThingName | Should -Be 'lamp-1'
        $connectivity.Connected | Should -BeFalse
        $connectivity.Timestamp | Should -BeNullOrEmpty
        { Get-IoTThingConnectivity -ThingName 'nobody' -ErrorAction Stop } |
            Should -Throw -ErrorId 'ResourceNotFoundException,IoTJobsToolkit.Cmdlets.GetIoTThingConnectivityCommand'
    }

    It 'removes without a word, and without a question where -Force is given' {
        Remove-IoTThing -ThingName 'lamp-1' -Force | Should -BeNullOrEmpty
        Get-IoTThing | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Remove-IoTThing -ThingName 'lamp-1' -Force -WhatIf
        Get-IoTThing | Should -HaveCount 1
    }
}
