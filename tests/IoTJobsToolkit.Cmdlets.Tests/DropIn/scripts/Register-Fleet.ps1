# Registers things from a table and puts each into the group of its site.
param([Parameter(Mandatory)] [string] $CsvPath)

$ErrorActionPreference = 'Stop'

$null = New-IOTThingGroup -ThingGroupName 'sites' -ThingGroupProperties_ThingGroupDescription 'All sites'
foreach ($row in Import-Csv -Path $CsvPath) {
    $thing = New-IOTThing -ThingName $row.Name -ThingTypeName $row.Type -AttributePayload @{
        Attributes = @{ site = $row.Site; firmware = $row.Firmware }
    }

    $group = Get-IOTThingGroupList -ParentGroup 'sites' | Where-Object { $_.GroupName -eq $row.Site }
    if (-not $group) {
        $null = New-IOTThingGroup -ThingGroupName $row.Site -ParentGroupName 'sites' -ThingGroupProperties_AttributePayload @{ Attributes = @{ kind = 'site' } }
    }
    Add-IOTThingToThingGroup -ThingName $thing.ThingName -ThingGroupName $row.Site -Force
}

foreach ($group in Get-IOTThingGroupList -ParentGroup 'sites') {
    "$($group.GroupName): $((Get-IOTThingsInThingGroupList -ThingGroupName $group.GroupName) -join ' ')"
}
"of type lamp: $((Get-IOTThingList -ThingTypeName 'lamp').ThingName -join ' ')"
"all: $((Get-IOTThingsInThingGroupList -ThingGroupName 'sites' -Recursive $true | Sort-Object) -join ' ')"
"groups of lamp-1: $((Get-IOTThingGroupsForThingList -ThingName 'lamp-1').GroupName -join ' ')"
