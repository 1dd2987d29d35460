namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class PipelineTests : IDisposable
{
    private readonly Shell _shell;

    private PipelineTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing (1..3 | ForEach-Object { \"lamp-$_\" })").Succeeds();
    }

    public sealed class InProcess() : PipelineTests(Where.InProcess);

    public sealed class ThroughServer() : PipelineTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void All_things_that_come_down_the_pipeline_make_one_job()
    {
        Assert.Equal("fw-7", _shell.One("Get-IoTThingList | New-IoTJob -JobId fw-7 -Document '{}'").JobId);
        Assert.Equal(
            ["lamp-1", "lamp-2", "lamp-3"],
            _shell.Run("Get-IoTJobExecutionsForJobList fw-7 | ForEach-Object ThingName").Succeeds().Text);
        Assert.Equal(3, _shell.Run("Get-IoTJob fw-7 -Select Job.Targets").Succeeds().Output.Count);
    }

    [Theory]
    [InlineData("Get-IoTThingGroupList")]
    [InlineData("Get-IoTThingGroup")]
    [InlineData("Get-IoTThingGroup eu, us")]
    public void All_groups_that_come_down_the_pipeline_make_one_job(string groups)
    {
        _shell.Run("""
            New-IoTThingGroup eu; New-IoTThingGroup us
            Get-IoTThing lamp-1, lamp-2 | Add-IoTThingToThingGroup -ThingGroupName eu
            Add-IoTThingToThingGroup lamp-3 us
            """).Succeeds();

        _shell.One($"{groups} | New-IoTJob -JobId fw-8 -Document '{{}}'");
        Assert.Equal(
            ["arn:aws:iot:us-east-1:123456789012:thinggroup/eu", "arn:aws:iot:us-east-1:123456789012:thinggroup/us"],
            _shell.Run("Get-IoTJob fw-8 -Select Job.Targets").Succeeds().Text);
        Assert.Equal(3, _shell.One("Get-IoTJob fw-8").Job.JobProcessDetails.NumberOfQueuedThings);
    }

    [Theory]
    [InlineData("Get-IoTThing -Group world")]
    [InlineData("Get-IoTThingGroup world | Get-IoTThing")]
    [InlineData("Get-IoTThingGroupList | Where-Object GroupName -eq world | Get-IoTThing")]
    [InlineData("Get-IoTThingsInThingGroupList world -Recursive $true")]
    public void Members_of_a_group_and_of_the_groups_below_it_get_the_job(string members)
    {
        _shell.Run("""
            New-IoTThingGroup world; New-IoTThingGroup eu -ParentGroupName world
            'lamp-1', 'lamp-3' | Add-IoTThingToThingGroup -ThingGroupName eu
            """).Succeeds();

        _shell.One($"{members} | New-IoTJob -JobId fw-9 -Document '{{}}'");
        Assert.Equal(
            ["lamp-1", "lamp-3"], _shell.Run("Get-IoTJobExecutionsForJobList fw-9 | ForEach-Object ThingName").Succeeds().Text);
    }

    [Fact]
    public void Failed_executions_are_removed_as_it_reads_and_nobody_is_asked()
    {
        _shell.Run("""
            Get-IoTThing | New-IoTJob -JobId fw-7 -Document '{}'
            Start-IoTJNextPendingJobExecution lamp-2 | Update-IoTJJobExecution -Status FAILED
            """).Succeeds();

        _shell.Run("Get-IoTJobExecutionsForJobList fw-7 | Where-Object Status -eq FAILED | Remove-IoTJobExecution -Force").IsSilent();
        Assert.Empty(_shell.Host.Questions);
        Assert.Equal(
            ["lamp-1", "lamp-3"], _shell.Run("Get-IoTJobExecutionsForJobList fw-7 | ForEach-Object ThingName").Succeeds().Text);
    }

    [Fact]
    public void Failures_pipe_into_a_retry()
    {
        _shell.Run("""
            Get-IoTThing | New-IoTJob -JobId fw-7 -Document '{}'
            'lamp-1', 'lamp-3' | Start-IoTJNextPendingJobExecution | Update-IoTJJobExecution -Status REJECTED
            """).Succeeds();

        _shell.One("Get-IoTJobExecutionsForJobList fw-7 -Status REJECTED | New-IoTJob -JobId fw-7-again -Document '{}'");
        Assert.Equal(
            ["lamp-1", "lamp-3"], _shell.Run("Get-IoTJobExecutionsForJobList fw-7-again | ForEach-Object ThingName").Succeeds().Text);
    }

    [Fact]
    public void Rows_of_a_table_make_a_job_each()
    {
        _shell.Run("""
            [pscustomobject]@{ JobId = 'a'; Thing = 'lamp-1'; Document = '{"n":1}' },
            [pscustomobject]@{ JobId = 'b'; Thing = 'lamp-2'; Document = '{"n":2}' } | New-IoTJob
            """).Succeeds();

        Assert.Equal(["""{"n":1}""", """{"n":2}"""], _shell.Run("'a', 'b' | Get-IoTJobDocument").Succeeds().Text);
    }

    [Fact]
    public void An_empty_pipeline_makes_no_job_and_says_so()
    {
        var outcome = _shell.Run("Get-IoTThing nobody-* | New-IoTJob -JobId fw-7 -Document '{}'").Succeeds();

        Assert.Empty(outcome.Output);
        Assert.Contains("no job was created", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    /// <summary>Every object that a Get cmdlet writes finds its parameters in the cmdlets for things of its kind.</summary>
    [Theory]
    [InlineData("Get-IoTJob fw-7; Get-IoTJob fw-7 -Select Job; Get-IoTJobList",
        "Get-IoTJob; Get-IoTJobDocument; Get-IoTJobExecutionsForJobList; Stop-IoTJob -WhatIf; Remove-IoTJob -WhatIf; Update-IoTJob -Description x -WhatIf; Add-IoTTargetsWithJob -Thing lamp-1 -WhatIf")]
    [InlineData("Get-IoTJobExecution fw-7 lamp-1; Get-IoTJobExecutionsForJobList fw-7; Get-IoTJobExecutionsForThingList lamp-1; Get-IoTJJobExecution fw-7 lamp-1",
        "Get-IoTJob; Get-IoTThing; Get-IoTJobExecution; Get-IoTJJobExecution; Stop-IoTJobExecution -WhatIf; Remove-IoTJobExecution -WhatIf; Update-IoTJJobExecution -Status FAILED -WhatIf")]
    [InlineData("Get-IoTThing lamp-1; Get-IoTThingList; Get-IoTThingsInThingGroupList eu; New-IoTThing lamp-9",
        "Get-IoTThing; Get-IoTThingGroupsForThingList; Get-IoTJobExecutionsForThingList; Get-IoTJPendingJobExecution; Remove-IoTThing -WhatIf; Update-IoTThing -Attribute @{ a = 1 } -WhatIf; Add-IoTThingToThingGroup -ThingGroupName eu -WhatIf; Remove-IoTThingFromThingGroup -ThingGroupName eu -WhatIf; Start-IoTJNextPendingJobExecution -WhatIf; New-IoTJob -JobId x -Document 0 -WhatIf; Add-IoTTargetsWithJob -JobId x -WhatIf; Update-IoTThingGroupsForThing -Add eu -WhatIf")]
    [InlineData("Get-IoTThingGroup eu; Get-IoTThingGroupList; Get-IoTThingGroupsForThingList lamp-1; New-IoTThingGroup us; New-IoTDynamicThingGroup dyn -QueryString *",
        "Get-IoTThingGroup; Get-IoTThing; Get-IoTThingsInThingGroupList; Get-IoTJobList; Get-IoTThingGroupList; Remove-IoTThingGroup -WhatIf; Add-IoTThingToThingGroup -ThingName lamp-1 -WhatIf; New-IoTJob -JobId x -Document 0 -WhatIf; Add-IoTTargetsWithJob -JobId x -WhatIf; Update-IoTThingGroup -Description x -WhatIf; Update-IoTDynamicThingGroup -Description x -WhatIf; Remove-IoTDynamicThingGroup -WhatIf")]
    public void Every_object_pipes_into_every_cmdlet_of_its_kind(string sources, string sinks)
    {
        _shell.Run("""
            New-IoTThingGroup eu; Add-IoTThingToThingGroup lamp-1 eu
            Get-IoTThing | New-IoTJob -JobId fw-7 -Document '{}'
            """).Succeeds();
        foreach (var source in sources.Split("; "))
        {
            foreach (var sink in sinks.Split("; "))
            {
                var outcome = _shell.Run($"{source} | {sink}");
                Assert.True(outcome is { Terminated: null, Errors: [] }, $"{source} | {sink}: {outcome.Terminated}{string.Join(' ', outcome.Errors)}");
            }
        }
    }

    [Fact]
    public void A_list_reads_the_next_page_only_when_it_is_wanted()
    {
        using var powershell = _shell.Create(
            "try { Get-IoTThingList -MaxResult 1 -Debug | ForEach-Object { $_; throw 'enough' } } catch { }");
        Assert.Equal("lamp-1", Assert.Single(powershell.Invoke()).Properties["ThingName"].Value);
        Assert.Single(powershell.Streams.Debug, record => record.Message.StartsWith("ListThings", StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_follow_each_other_unless_one_is_asked_for()
    {
        Assert.Equal(3, _shell.Run("Get-IoTThingList -MaxItems 2").Succeeds().Output.Count);
        Assert.Equal(2, _shell.Run("Get-IoTThingList -MaxResults 2 -NoAutoIteration").Succeeds().Output.Count);
        Assert.Equal(
            ["lamp-3"],
            _shell.Run("""
                $page = Get-IoTThingList -MaxResult 2 -NoAutoIteration -Select *
                Get-IoTThingList -MaxResult 2 -Marker $page.NextToken | ForEach-Object ThingName
                """).Succeeds().Text);
    }

    /// <summary>As scripts for AWS's module page: the first token is $null.</summary>
    [Theory]
    [InlineData("NextToken")]
    [InlineData("Marker")]
    public void A_script_that_pages_itself_gets_one_page_at_a_time(string parameter) => Assert.Equal(
        ["lamp-1 lamp-2", "lamp-3"],
        _shell.Run($$"""
            $token = $null
            do {
                $page = Get-IoTThingList -MaxResult 2 -{{parameter}} $token -Select *
                "$($page.Things.ThingName)"
                $token = $page.NextToken
            } while ($token)
            """).Succeeds().Text);

    [Theory]
    [InlineData("-PassThru")]
    [InlineData("-Select ^JobId")]
    public void Each_job_of_a_pipeline_is_handed_on_by_its_own_id(string wanted) => Assert.Equal(
        ["a", "b", "c"], _shell.Run($"'a', 'b', 'c' | New-IoTJob -Thing lamp-1 -Document '{{}}' {wanted}").Succeeds().Text);

    [Fact]
    public void Wildcards_choose_among_what_is_listed()
    {
        _shell.Run("New-IoTThing car-1; New-IoTThingGroup eu-west; New-IoTThingGroup us; New-IoTJob fw-1 -Thing car-1 -Document '{}'; New-IoTJob cfg-1 -Thing car-1 -Document '{}'")
            .Succeeds();

        Assert.Equal(["car-1"], _shell.Run("Get-IoTThing CAR-* | ForEach-Object ThingName").Succeeds().Text);
        Assert.Equal(["eu-west"], _shell.Run("Get-IoTThingGroup e?-* | ForEach-Object ThingGroupName").Succeeds().Text);
        Assert.Equal(["fw-1"], _shell.Run("Get-IoTJob fw* | ForEach-Object JobId").Succeeds().Text);
        Assert.Equal(4, _shell.Run("Get-IoTThing").Succeeds().Output.Count);
    }

    [Theory]
    [InlineData("Get-IoTThing lamp-1 -Select Attributes.Count", "0")]
    [InlineData("New-IoTThing x -Attribute @{ site = 'eu' } -Select ^ThingName | Get-IoTThing -Select Attributes.SITE", "eu")]
    [InlineData("Get-IoTEventConfiguration -Select EventConfigurations.JOB.Enabled", "False")]
    [InlineData("Get-IoTThingList -MaxResult 1 -NoAutoIteration -Select things.thingname", "lamp-1")]
    [InlineData("Get-IoTThing lamp-1 -Select ThingName.Length", "6")]
    public void Select_reads_paths_through_lists_maps_and_text(string command, string expected) =>
        Assert.Equal([expected], _shell.Run(command).Succeeds().Text);

    [Fact]
    public void Select_chooses_what_is_written()
    {
        Assert.Equal(["fw-7"], _shell.Run("New-IoTJob fw-7 -Thing lamp-1 -Document '{}' -Select ^JobId").Succeeds().Text);
        Assert.Equal(["1"], _shell.Run("Get-IoTJob fw-7 -Select Job.JobProcessDetails.NumberOfQueuedThings").Succeeds().Text);
        Assert.Equal("{}", _shell.One("Get-IoTJobDocument fw-7 -Select *").Document);
        Assert.Equal(["fw-7"], _shell.Run("Stop-IoTJob fw-7 -Select JobId").Succeeds().Text);
        Assert.Equal(["lamp-1", "lamp-2"], _shell.Run("Remove-IoTThing lamp-1, lamp-2 -Force -PassThru").Succeeds().Text);
        _shell.Run("Get-IoTJob fw-7 -Select Nonsense").Fails("InvalidSelect");
    }
}
