# Rolls firmware out to named things, slowly at first, and gives up when too many fail.
param(
    [Parameter(Mandatory)] [string] $JobId,
    [Parameter(Mandatory)] [string[]] $ThingName,
    [string] $Version = '7.1.0',
    [string] $Region = 'eu-west-1'
)

$ErrorActionPreference = 'Stop'

$document = @{
    operation = 'install'
    version   = $Version
    files     = @(@{ name = 'firmware.bin'; url = "https://downloads.example.com/firmware-$Version.bin" })
} | ConvertTo-Json -Depth 5

$job = @{
    JobId                                       = $JobId
    Target                                      = $ThingName | ForEach-Object { (Get-IOTThing -ThingName $_ -Region $Region).ThingArn }
    Document                                    = $document
    Description                                 = "Firmware $Version"
    TargetSelection                             = 'SNAPSHOT'
    JobExecutionsRolloutConfig_MaximumPerMinute = 100
    JobExecutionsRolloutConfig_ExponentialRate  = @{
        BaseRatePerMinute    = 10
        IncrementFactor      = 2
        RateIncreaseCriteria = @{ NumberOfSucceededThings = 5 }
    }
    AbortConfig_CriteriaList                    = @(
        @{ Action = 'CANCEL'; FailureType = 'FAILED'; MinNumberOfExecutedThings = 5; ThresholdPercentage = 20 }
        @{ Action = 'CANCEL'; FailureType = 'TIMED_OUT'; MinNumberOfExecutedThings = 5; ThresholdPercentage = 50 }
    )
    TimeoutConfig_InProgressTimeoutInMinute     = 60
    JobExecutionsRetryConfig_CriteriaList       = @{ FailureType = 'FAILED'; NumberOfRetries = 2 }
    Tag                                         = @{ Key = 'team'; Value = 'ops' }, @{ Key = 'version'; Value = $Version }
    Region                                      = $Region
    Force                                       = $true
}
$response = New-IOTJob @job

"Created $($response.JobId): $($response.JobArn)"
