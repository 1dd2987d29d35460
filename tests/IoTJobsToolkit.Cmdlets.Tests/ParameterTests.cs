using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class ParameterTests : IDisposable
{
    private readonly Shell _shell;

    private ParameterTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing lamp; New-IoTThingGroup eu; Add-IoTThingToThingGroup lamp eu").Succeeds();
    }

    public sealed class InProcess() : ParameterTests(Where.InProcess);

    public sealed class ThroughServer() : ParameterTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("@{ Action = 'CANCEL'; FailureType = 'ALL'; MinNumberOfExecutedThings = 1; ThresholdPercentage = 12.5 }")]
    [InlineData("([pscustomobject]@{ action = 'CANCEL'; failureType = 'ALL'; minNumberOfExecutedThings = 1; thresholdPercentage = 12.5 })")]
    [InlineData("([IoTJobsToolkit.Engine.Jobs.AbortCriteria]@{ Action = 'CANCEL'; FailureType = 'ALL'; MinNumberOfExecutedThings = 1; ThresholdPercentage = 12.5 })")]
    public void Criteria_are_hashtables_objects_or_records(string criterion)
    {
        _shell.Run($"New-IoTJob x -Thing lamp -Document '{{}}' -AbortConfig_CriteriaList {criterion}").Succeeds();

        Assert.Equal(["CANCEL ALL 1 12.5"], _shell.Run("""
            $c = Get-IoTJob x -Select Job.AbortConfig.CriteriaList; "$($c.Action) $($c.FailureType) $($c.MinNumberOfExecutedThings) $($c.ThresholdPercentage)"
            """).Succeeds().Text);
    }

    [Fact]
    public void Rates_retries_timeouts_and_tags_are_flat()
    {
        _shell.Run("""
            New-IoTJob x -Group eu -Document '{}' -Description 'a b' -JobExecutionsRolloutConfig_MaximumPerMinute 10 `
                -JobExecutionsRetryConfig_CriteriaList @{ FailureType = 'FAILED'; NumberOfRetries = 2 } `
                -TimeoutConfig_InProgressTimeoutInMinutes 5 -Tags @{ Key = 'team'; Value = 'ops' } -TargetSelection SNAPSHOT
            """).Succeeds();

        var job = _shell.One("Get-IoTJob x -Select Job");
        Assert.Equal(10, job.JobExecutionsRolloutConfig.MaximumPerMinute);
        Assert.Equal(5, job.TimeoutConfig.InProgressTimeoutInMinutes);
        Assert.Equal("a b", job.Description);
        Assert.Equal(["2"], _shell.Run("Get-IoTJob x -Select Job.JobExecutionsRetryConfig.CriteriaList.NumberOfRetries").Text);
    }

    [Fact]
    public void A_document_comes_from_a_file()
    {
        File.WriteAllText(Path.Combine(_shell.Folder, "fw.json"), """{"from":"file"}""");
        _shell.Run($"New-IoTJob x -Thing lamp -DocumentPath '{_shell.Folder}/fw.json'").Succeeds();
        Assert.Equal(["""{"from":"file"}"""], _shell.Run("Get-IoTJobDocument x").Text);
    }

    [Theory]
    [InlineData("-AttributePayload @{ Attributes = @{ b = 2 }; Merge = $true }", "a=1 b=2")]
    [InlineData("-AttributePayload ([pscustomobject]@{ attributes = [pscustomobject]@{ b = 2 } })", "b=2")]
    [InlineData("-AttributePayload ([IoTJobsToolkit.Engine.Operations.Registry.AttributePayload]@{ Merge = $true })", "a=1")]
    [InlineData("-AttributePayload @{ Attributes = @{ b = 2 } } -Merge", "a=1 b=2")]
    [InlineData("-AttributePayload @{ Attributes = @{ b = 2 }; Merge = 'true' }", "a=1 b=2")]
    [InlineData("-AttributePayload @{ Attributes = @{ b = 2 }; Merge = 'false' }", "b=2")]
    [InlineData("-AttributePayload @{ Attributes = @{ b = 2 }; Merge = 1 }", "a=1 b=2")]
    [InlineData("-AttributePayload @{ Attributes = @{ b = 2 }; Merge = $true } -Merge:$false", "b=2")]
    [InlineData("-Attribute @{ b = 2 } -Merge", "a=1 b=2")]
    [InlineData("-Attribute @{ b = 2 }", "b=2")]
    [InlineData("-ThingTypeName Lamp", "a=1")]
    public void Attributes_are_replaced_or_merged(string change, string expected)
    {
        _shell.Run($"New-IoTThing x -Attribute @{{ a = 1 }}; Update-IoTThing x {change}").Succeeds();

        var thing = _shell.One<DescribeThingResponse>("Get-IoTThing x");
        Assert.Equal(expected, string.Join(' ', thing.Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}")));
        Assert.Equal(2, thing.Version);
    }

    [Fact]
    public void A_type_is_removed_from_things_of_the_pipeline_which_bring_it_along()
    {
        _shell.Run("New-IoTThing x -ThingTypeName Lamp | Out-Null; Get-IoTThing x | Update-IoTThing -RemoveThingType $true").IsSilent();
        Assert.Null(_shell.One<DescribeThingResponse>("Get-IoTThing x").ThingTypeName);

        _shell.Run("Update-IoTThing x -ThingTypeName Lamp -RemoveThingType $true").Fails("InvalidRequestException");
    }

    [Theory]
    [InlineData("-AttributePayload @{ b = 2 }", "ParameterArgumentTransformationError")]
    [InlineData("-AttributePayload @{ Attributes = @{ b = 2 }; Merged = $true }", "ParameterArgumentTransformationError")]
    [InlineData("-AttributePayload @{ Merge = $false }", "ParameterArgumentTransformationError")]
    [InlineData("-AttributePayload @{ Attributes = 'b=2' }", "ParameterArgumentTransformationError")]
    [InlineData("-AttributePayload @{ Attributes = @{ b = 2 }; Merge = 'perhaps' }", "ParameterArgumentTransformationError")]
    [InlineData("-AttributePayload 'b=2'", "ParameterArgumentTransformationError")]
    [InlineData("-AttributePayload 5", "ParameterArgumentTransformationError")]
    [InlineData("-AttributePayload @{ Attributes = @{ b = 2 } } -Attribute @{ c = 3 }", "AttributesGivenTwice")]
    public void A_payload_that_cannot_be_read_changes_nothing(string change, string id)
    {
        _shell.Run("New-IoTThing x -Attribute @{ a = 1 }").Succeeds();

        _shell.Run($"Update-IoTThing x {change}").Fails(id);
        _shell.Run($"New-IoTThing y {change}").Fails(id);
        Assert.Equal(1, _shell.One<DescribeThingResponse>("Get-IoTThing x").Version);
        Assert.Empty(_shell.Run("Get-IoTThing y*").Succeeds().Output);
    }

    [Fact]
    public void Positions_and_names_are_those_of_AWS_Tools()
    {
        _shell.Run("New-IoTJob x -Targets arn:aws:iot:us-east-1:123456789012:thing/lamp -Document '{}'").Succeeds();

        _shell.Run("Remove-IoTJobExecution 1 -JobId x -ThingName lamp -Force").IsSilent();
        _shell.Run("New-IoTJob y -Target arn:aws:iot:us-east-1:123456789012:thing/lamp -Document '{}'; 1 | Remove-IoTJobExecution -JobId y -ThingName lamp -Force")
            .Succeeds();
        Assert.Empty(_shell.Run("Get-IoTJobExecutionsForThingList -ThingName lamp").Succeeds().Output);
    }

    [Fact]
    public void What_a_script_says_to_find_AWS_is_taken_and_not_used()
    {
        using var script = _shell.Create("""
            $aws = @{
                AK = 'a'; SecretAccessKey = 's'; ST = 't'; AWSProfileName = 'p'; ProfilesLocation = 'l'; Credential = 1
                NetworkCredential = 2; Region = 'eu-west-1'; ClientConfig = @{ Timeout = 1 }
            }
            Get-IoTThing lamp @aws -Verbose | ForEach-Object ThingArn
            """);
        Assert.Equal("arn:aws:iot:us-east-1:123456789012:thing/lamp", Assert.Single(script.Invoke()).ToString());
        Assert.Equal(9, script.Streams.Verbose.Count(record => record.Message.Contains("is not used", StringComparison.Ordinal)));
        _shell.Run("Update-IoTThing lamp -Attribute @{ a = 1 } -ProfileName p -RegionToCall us-east-1").IsSilent();
    }

    [Fact]
    public void Older_names_of_AWS_work_too()
    {
        Assert.Empty(_shell.Run("Get-IOTJobsList -Status IN_PROGRESS").Succeeds().Output);
        Assert.Equal("eu", _shell.One("Get-IOTThingGroupsList").GroupName);
    }

    [Fact]
    public void Targets_are_given_alike_to_a_new_job_and_to_one_that_runs()
    {
        const string Parameters = """
            foreach ($name in 'Target', 'Thing', 'Group') {
                $parameter = (Get-Command COMMAND).Parameters[$name]
                $given = $parameter.Attributes | Where-Object { $_ -is [Parameter] }
                $completer = $parameter.Attributes | Where-Object { $_ -is [ArgumentCompleter] }
                "$name $($parameter.ParameterType) $($parameter.Aliases) $($given.Mandatory) $($given.ValueFromPipelineByPropertyName) $($completer.Type)"
            }
            """;
        var made = _shell.Run(Parameters.Replace("COMMAND", "New-IoTJob", StringComparison.Ordinal)).Succeeds().Text;

        Assert.Equal(3, made.Count);
        Assert.Equal(made, _shell.Run(Parameters.Replace("COMMAND", "Add-IoTTargetsWithJob", StringComparison.Ordinal)).Succeeds().Text);
    }
}
