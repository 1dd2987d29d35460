namespace IoTJobsToolkit.Cmdlets.Tests.DropIn;

public sealed class AwsConstantTests : IDisposable
{
    private readonly Shell _shell = new();

    public AwsConstantTests() => _shell.Run("""
        New-IoTThing lamp
        New-IoTJob fw-7 -Thing lamp -Document '{}' -AbortConfig_CriteriaList @{ Action = 'CANCEL'; FailureType = 'FAILED'; MinNumberOfExecutedThings = 1; ThresholdPercentage = 20 } `
            -JobExecutionsRetryConfig_CriteriaList @{ FailureType = 'ALL'; NumberOfRetries = 1 }
        New-IoTDynamicThingGroup all -QueryString *
        """).Succeeds();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("(Get-IoTJob fw-7).Job.Status", "IN_PROGRESS")]
    [InlineData("(Get-IoTJobList).TargetSelection", "SNAPSHOT")]
    [InlineData("(Get-IoTJobExecution fw-7 lamp).Status", "QUEUED")]
    [InlineData("(Get-IoTJob fw-7).Job.AbortConfig.CriteriaList[0].Action", "CANCEL")]
    [InlineData("(Get-IoTJob fw-7).Job.AbortConfig.CriteriaList[0].FailureType", "FAILED")]
    [InlineData("(Get-IoTJob fw-7).Job.JobExecutionsRetryConfig.CriteriaList[0].FailureType", "ALL")]
    [InlineData("(Get-IoTThingGroup all).Status", "ACTIVE")]
    public void A_status_or_choice_has_a_Value_as_at_AWS_and_compares_with_text(string expression, string expected) => Assert.Equal(
        [expected, "True", expected],
        _shell.Run($"$it = {expression}; $it.Value; $it -eq '{expected}'; \"$it\"").Succeeds().Text);

    [Fact]
    public void JSON_and_CSV_of_jobs_stay_as_they_are() => Assert.Equal(
        ["""{"JobId":"fw-7","State":"IN_PROGRESS"}""", "\"IN_PROGRESS\"", "\"JobId\",\"Status\"", "\"fw-7\",\"IN_PROGRESS\""],
        _shell.Run("""
            Get-IoTJob | Select-Object JobId, @{ Name = 'State'; Expression = { $_.Status } } | ConvertTo-Json -Compress -EnumsAsStrings
            Get-IoTJob -Select Status | ConvertTo-Json -EnumsAsStrings
            Get-IoTJob | Select-Object JobId, Status | ConvertTo-Csv
            """).Succeeds().Text);
}
