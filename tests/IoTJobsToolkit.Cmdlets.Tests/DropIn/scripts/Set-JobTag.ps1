# Marks all active jobs with who pays for them.
param([Parameter(Mandatory)] [string] $CostCenter)

$ErrorActionPreference = 'Stop'

foreach ($job in Get-IOTJobList -Status IN_PROGRESS) {
    Add-IOTResourceTag -ResourceArn $job.JobArn -Tag @{ Key = 'cost-center'; Value = $CostCenter }, @{ Key = 'draft'; Value = 'yes' } -Force
    Remove-IOTResourceTag -ResourceArn $job.JobArn -TagKey 'draft' -Force
    $tags = Get-IOTTagListForResource -ResourceArn $job.JobArn
    "$($job.JobId): $(($tags | Sort-Object -Property Key | ForEach-Object { "$($_.Key)=$($_.Value)" }) -join ', ')"
}
