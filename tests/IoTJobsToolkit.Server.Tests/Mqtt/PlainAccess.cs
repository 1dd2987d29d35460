using System.Collections.Concurrent;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Mqtt.Access;

namespace IoTJobsToolkit.Server.Tests.Mqtt;

/// <summary>Who somebody says he is he is: a user name is a thing's, or <c>@name</c> an operator's. None at all is nobody.</summary>
internal sealed class PlainAccess : IMqttAccess
{
    private readonly ConcurrentDictionary<string, bool> _taken = new();

    public ValueTask<MqttCaller?> FindCallerAsync(MqttLogin login, CancellationToken cancellationToken) => ValueTask.FromResult(login.UserName switch
    {
        null or "" => null,
        ['@', .. var name] => new MqttCaller(Caller.Operator(name), $"key {name}"),
        var thing => new MqttCaller(Caller.Device(thing), $"token {thing}"),
    });

    public ValueTask<bool> IsGoodAsync(MqttCaller caller, CancellationToken cancellationToken) => new(IsGood(caller));

    public bool IsGood(MqttCaller caller) => !_taken.ContainsKey(caller.Credential);

    public void TakeFrom(string thing) => _taken[$"token {thing}"] = true;
}
