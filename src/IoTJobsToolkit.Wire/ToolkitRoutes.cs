using IoTJobsToolkit.Engine.Simulations;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Measures;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Wire;

/// <summary>What this toolkit does beyond AWS, all below <c>/toolkit/</c>: clients that know only AWS never meet it.</summary>
public static class ToolkitRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Of<CreateAccessKey, CreateAccessKeyResponse>("POST /toolkit/access-keys", "Makes an access key; its secret is in this answer only."),
        Of<ListAccessKeys, ListAccessKeysResponse>("GET /toolkit/access-keys?maxResults&nextToken", "Lists access keys, without their secrets."),
        Of<DeleteAccessKey, Nothing>("DELETE /toolkit/access-keys/{accessKeyId}", "Deletes an access key: what it signs is refused from now on."),
        Of<CreateAccount, CreateAccountResponse>("POST /toolkit/accounts", "Makes an account for the portal."),
        Of<ListAccounts, ListAccountsResponse>("GET /toolkit/accounts?maxResults&nextToken", "Lists the portal's accounts."),
        Of<UpdateAccount, Nothing>(
            "PATCH /toolkit/accounts/{accountName}", "Gives an account another role or password, which ends what it signed in, or unlocks it."),
        Of<ChangePassword, Nothing>("POST /toolkit/accounts/{accountName}/password", "Changes the password of one's own account by the old one."),
        Of<DeleteAccount, Nothing>("DELETE /toolkit/accounts/{accountName}", "Deletes an account, and ends what it signed in."),
        Of<CreateThingCertificate, CreateThingCertificateResponse>(
            "POST /toolkit/things/{thingName}/certificates", "Issues a certificate with which a device acts for one thing."),
        Of<RevokeThingCertificate, Nothing>("DELETE /toolkit/things/{thingName}/certificates/{certificateId}", "Revokes a thing's certificate."),
        Of<CreateThingToken, CreateThingTokenResponse>(
            "POST /toolkit/things/{thingName}/tokens", "Issues a token for a device that cannot do certificates; it is in this answer only."),
        Of<RevokeThingToken, Nothing>("DELETE /toolkit/things/{thingName}/tokens/{tokenId}", "Revokes a thing's token."),
        Of<ListThingCredentials, ListThingCredentialsResponse>(
            "GET /toolkit/things/{thingName}/credentials?maxResults&nextToken", "Lists a thing's certificates and tokens with their status."),
        Of<SearchThings, SearchThingsResponse>(
            "GET /toolkit/things?queryString&thingNamePrefix&maxResults&nextToken", "Finds things by a dynamic group's query or the beginning of their names."),
        Of<DescribeThingConnectivity, DescribeThingConnectivityResponse>(
            "GET /toolkit/things/{thingName}/connectivity", "Tells whether a thing is connected, and since when."),
        Of<ListActivity, ListActivityResponse>(
            "GET /toolkit/activity?by&origin&operationName&subjectKind&subjectName&text&from&until&maxResults&nextToken",
            "Lists what operators changed, newest first: who, when, by which door."),
        Of<MeasureJob, JobMeasure>("POST /toolkit/measure-job", "Tells what a job would do if it were created now; nothing is created."),
        Of<CreateControlledJob, CreateJobResponse>("POST /toolkit/jobs", "Creates a job under controls that AWS does not have: approval, stages, executions in flight, other jobs first."),
        Of<DescribeJobControls, DescribeJobControlsResponse>("GET /toolkit/jobs/{jobId}/controls", "Tells what holds a job back beside AWS's own means, and how far it is with that."),
        Of<AdvanceJob, AdvanceJobResponse>("POST /toolkit/jobs/{jobId}/advance", "Lets a job pass the stage it is in, or the jobs it waits for."),
        Of<ApproveJob, Nothing>("POST /toolkit/jobs/{jobId}/approve", "Lets a job go that waits for approval; its author may not."),
        Of<DenyJob, Nothing>("POST /toolkit/jobs/{jobId}/deny", "Cancels a job that waits for approval."),
        Of<ListJobApprovals, ListJobApprovalsResponse>(
            "GET /toolkit/job-approvals?jobId&maxResults&nextToken", "Lists the jobs that wait for approval: since when, of whom, until when."),
        Of<PauseJob, PauseJobResponse>("POST /toolkit/jobs/{jobId}/pause", "Holds a job: no executions are made or handed out until it is resumed."),
        Of<ResumeJob, Nothing>("POST /toolkit/jobs/{jobId}/resume", "Lets a paused job go on."),
        Of<ListPausedJobs, ListPausedJobsResponse>("GET /toolkit/paused-jobs?jobId&maxResults&nextToken", "Lists the jobs that are paused: since when, by whom, why."),
        Of<ListJobBlockages, ListJobBlockagesResponse>(
            "GET /toolkit/jobs/{jobId}/blockages?thingName&maxResults&nextToken", "Tells what each execution that has not ended waits for, and when it should move."),
        Of<ListJobFailureReasons, ListJobFailureReasonsResponse>(
            "GET /toolkit/jobs/{jobId}/failure-reasons", "Tells why executions of a job failed, were rejected or timed out, and how many for each reason."),
        Of<ListJobFailures, ListJobFailuresResponse>(
            "GET /toolkit/jobs/{jobId}/failures?status&reason&isLatest&maxResults&nextToken", "Lists a job's failed, rejected and timed out executions with the reason."),
        Of<RestartJobExecution, RestartJobExecutionResponse>(
            "POST /toolkit/things/{thingName}/jobs/{jobId}/restart", "Gives a thing another attempt of a job that has not ended."),
        Of<RestartJob, RestartJobResponse>("POST /toolkit/jobs/{jobId}/restart", "Makes a new job of one that has ended, for the targets named."),
        Of<DescribeJobLineage, DescribeJobLineageResponse>("GET /toolkit/jobs/{jobId}/lineage", "Tells of which job this one is a restart, and which are restarts of it."),
        Of<ListJobHistory, ListJobHistoryResponse>("GET /toolkit/jobs/{jobId}/history?maxResults&nextToken", "Lists what happened to a job, oldest first."),
        Of<DescribeJobState, DescribeJobStateResponse>(
            "GET /toolkit/jobs/{jobId}/state?at", "Tells how a job stood at a moment of the past: its status, and how many executions were in each."),
        Of<ListJobExecutionHistory, ListJobExecutionHistoryResponse>(
            "GET /toolkit/jobs/{jobId}/execution-history?thingName&at&maxResults&nextToken",
            "Lists the changes of a job's executions, or how each of them stood at a moment."),
        Of<CreateNotificationRule, CreateNotificationRuleResponse>(
            "POST /toolkit/notification-rules", "Has somebody told of chosen events, by signed webhook or e-mail; a webhook's secret is in this answer only."),
        Of<ListNotificationRules, ListNotificationRulesResponse>(
            "GET /toolkit/notification-rules?ruleName&maxResults&nextToken", "Lists notification rules without their secrets, and how each went last."),
        Of<UpdateNotificationRule, UpdateNotificationRuleResponse>("PATCH /toolkit/notification-rules/{ruleName}", "Changes a notification rule: what is absent stays."),
        Of<DeleteNotificationRule, Nothing>("DELETE /toolkit/notification-rules/{ruleName}", "Deletes a notification rule with what was still to be delivered."),
        Of<TestNotificationRule, TestNotificationRuleResponse>(
            "POST /toolkit/notification-rules/{ruleName}/test", "Sends a test message to a rule's receiver now and tells whether it arrived."),
        Of<ListNotificationDeliveries, ListNotificationDeliveriesResponse>(
            "GET /toolkit/notification-deliveries?ruleName&status&maxResults&nextToken", "Lists what has not been delivered yet, and dead letters."),
        Of<RetryNotificationDelivery, Nothing>("POST /toolkit/notification-deliveries/{deliveryId}/retry", "Has a delivery tried now; a dead letter gets all tries anew."),
        Of<DeleteNotificationDelivery, Nothing>("DELETE /toolkit/notification-deliveries/{deliveryId}", "Removes a delivery that has not arrived."),
        Of<ClearJobHistory, ClearJobHistoryResponse>(
            "POST /toolkit/job-history/clear", "Purges jobs that ended before an instant, with their executions and history."),
        Of<StartFleetSimulation, FleetSimulationDetail>("POST /toolkit/simulations/{simulationName}", "Lets simulated devices carry out whatever jobs their things get."),
        Of<DescribeFleetSimulation, FleetSimulationDetail>("GET /toolkit/simulations/{simulationName}", "Tells what a simulated fleet has done so far."),
        Of<ListFleetSimulations, ListFleetSimulationsResponse>("GET /toolkit/simulations", "Lists the simulated fleets that go on."),
        Of<StopFleetSimulation, FleetSimulationDetail>("POST /toolkit/simulations/{simulationName}/stop", "Ends a simulated fleet; its things can go with it."),
        Of<DescribeClock, DescribeClockResponse>("GET /toolkit/clock", "Tells the time by which jobs go, how the clock goes, and when something happens next."),
        Of<UpdateClock, DescribeClockResponse>("PUT /toolkit/clock", "Sets a virtual clock ahead, stops it, or lets it go at another rate."),
        Of<AdvanceClock, DescribeClockResponse>("POST /toolkit/clock/advance", "Sets a virtual clock ahead by a while, or to the next event."),
        Of<DescribeRetention, DescribeRetentionResponse>("GET /toolkit/retention", "Tells how long ended jobs are kept, and what goes next."),
        Of<UpdateRetention, Nothing>("PUT /toolkit/retention", "Sets how long ended jobs are kept; what is older goes at once."),
        Of<DescribeLimits, DescribeLimitsResponse>("GET /toolkit/limits", "Lists the quotas which hold here, with how much of them is used."),
        Of<DescribeJobWork, DescribeJobWorkResponse>("GET /toolkit/work?jobId", "Tells whether a job, or any, has background work left that is due."),
    ];

    private static Route<TOperation, TResponse> Of<TOperation, TResponse>(string request, string summary)
        where TOperation : Operation<TResponse> => new(Plane.Control, request) { IsExtension = true, Summary = summary };
}
