# Reads the list of jobs page by page, as a script does that shows a page at a time.
param([int] $PageSize = 2)

$ErrorActionPreference = 'Stop'

$token = $null
$number = 0
do {
    $page = Get-IOTJobList -MaxResult $PageSize -NextToken $token -Select '*'
    $number++
    "page $number`: $($page.Jobs.JobId -join ' ')"
    $token = $page.NextToken
} while ($token)

$first = Get-IOTJobList -MaxResults $PageSize -NoAutoIteration
"without iteration $(@($first).Count), with it $(@(Get-IOTJobList -MaxItems $PageSize).Count)"
"ids alone: $((Get-IOTJobList -Select Jobs.JobId | Sort-Object) -join ' ')"
