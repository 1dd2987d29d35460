using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Connections;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Server.Mqtt.Topics;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.Extensions.Logging;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Broker;

/// <summary>Lets clients in, or says why not.</summary>
internal sealed partial class Admission(
    IMqttAccess access, TopicPolicy rules, SessionRegistry registry, Wills wills, BrokerLimits limits, ILogger<Admission> logger)
{
    /// <summary>Nobody else comes in.</summary>
    public bool IsClosed { get; set; }

    public async Task AdmitAsync(ValidatingConnectionEventArgs arriving)
    {
        var link = (Link)arriving.ChannelAdapter;
        var facts = link.Facts ?? throw new InvalidOperationException("A connection began without a CONNECT.");
        arriving.ReasonCode = await JudgeAsync(arriving, link, facts).ConfigureAwait(false);
        if (arriving.ReasonCode == MqttConnectReasonCode.Success && facts.ClientId.Length == 0 && link.IsOfMqtt5)
        {
            arriving.AssignedClientIdentifier = link.Session!.Key.ClientId;
        }
        arriving.SessionItems[nameof(Link)] = link;
    }

    private async Task<MqttConnectReasonCode> JudgeAsync(ValidatingConnectionEventArgs arriving, Link link, ConnectFacts facts)
    {
        if (arriving.ProtocolVersion == MqttProtocolVersion.V310)
        {
            return MqttConnectReasonCode.UnsupportedProtocolVersion;
        }
        if (IsClosed)
        {
            return MqttConnectReasonCode.ServerUnavailable;
        }
        if (facts.AuthenticationMethod is not null)
        {
            return MqttConnectReasonCode.BadAuthenticationMethod;
        }
        if (!IsClientId(facts))
        {
            return MqttConnectReasonCode.ClientIdentifierNotValid;
        }
        if (facts.Will is { Publication.Qos: MqttQualityOfServiceLevel.ExactlyOnce })
        {
            return link.IsOfMqtt5 ? MqttConnectReasonCode.QoSNotSupported : MqttConnectReasonCode.NotAuthorized;
        }
        MqttCaller? caller;
        try
        {
            caller = await access.AdmitAsync(
                (MqttConnection)link.Inner, facts.ClientId, arriving.UserName, arriving.RawPassword, arriving.CancellationToken).ConfigureAwait(false);
        }
        catch (JobsException unknown)
        {
            LogUnknown(logger, unknown.Message);
            return MqttConnectReasonCode.ServerUnavailable;
        }
        if (caller is null || facts.Will is { } will && !IsAllowed(caller, will))
        {
            return MqttConnectReasonCode.NotAuthorized;
        }
        Enter(link, facts, caller);
        return MqttConnectReasonCode.Success;
    }

    private void Enter(Link link, ConnectFacts facts, MqttCaller caller)
    {
        var clientId = facts.ClientId.Length > 0 ? facts.ClientId : Guid.NewGuid().ToString("N");
        var entry = registry.Enter(link, SessionKey.Of(caller.Caller, clientId), caller, facts.IsClean, facts.Expiry);
        link.Belong(entry, caller);
        wills.Forget(entry.Session.Key);
        DropForbidden(entry.Session, caller.Caller);
        if (entry.Taken is Link taken)
        {
            _ = taken.EndAsync(MqttDisconnectReasonCode.SessionTakenOver); // It may take its time; the new one does not wait.
        }
    }

    /// <summary>He may perhaps less than when he was here before.</summary>
    private void DropForbidden(Session session, Caller caller)
    {
        var forbidden = session.Subscriptions.Where(subscription => !rules.MaySubscribe(caller, subscription.Filter)).ToList();
        forbidden.ForEach(subscription => registry.Unsubscribe(session, subscription.Filter));
        if (forbidden.Count > 0)
        {
            session.Outbox.Drop(message => !rules.MaySubscribe(caller, message.Publication.Topic));
        }
    }

    private bool IsAllowed(MqttCaller caller, Will will) =>
        TopicText.IsTopic(will.Publication.Topic) && !will.Publication.Topic.StartsWith(TopicText.Reserved) &&
        will.Publication.Payload.Length <= limits.MaxPayloadBytes && rules.MayPublish(caller.Caller, will.Publication.Topic);

    /// <summary>Who gives none gets one, for this connection only.</summary>
    private bool IsClientId(ConnectFacts facts) => facts.ClientId.Length == 0
        ? facts.IsClean
        : Encoding.UTF8.GetByteCount(facts.ClientId) <= limits.MaxClientIdBytes && !facts.ClientId.Any(char.IsControl);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can be let in by MQTT now: {Reason}")]
    private static partial void LogUnknown(ILogger logger, string reason);
}
