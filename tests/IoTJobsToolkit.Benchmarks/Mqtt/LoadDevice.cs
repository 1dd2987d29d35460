using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace IoTJobsToolkit.Benchmarks.Mqtt;

/// <summary>Told what a device was sent.</summary>
internal interface IDeviceWatch
{
    /// <param name="payload">Good until this returns.</param>
    void Published(LoadDevice device, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload);
}

/// <summary>
/// A device that costs as little as it can: packets are whole bytes already, of what comes only the place of topic and payload is looked for.
/// </summary>
internal sealed class LoadDevice(string name, string password) : IDisposable
{
    private const byte AtLeastOnce = 1;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Lock _sending = new();
    private readonly byte[] _acknowledgement = [0x40, 2, 0, 0];
    private byte[] _space = new byte[1024];
    private TaskCompletionSource _expected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ushort _lastId;

    public string Name => name;

    public string Topics { get; } = $"$aws/things/{name}/jobs/";

    /// <summary>Who is told now.</summary>
    public volatile IDeviceWatch? Watch;

    /// <summary>Completes when the device is connected and has subscribed as a device's SDK does.</summary>
    public async Task ConnectAsync(IPEndPoint server)
    {
        await _socket.ConnectAsync(server);
        _ = ReceiveAsync();
        await ExpectAsync(Packets.Connect(name, password));
        await ExpectAsync(Packets.Subscribe(1,
        [
            ($"{Topics}notify-next", AtLeastOnce), ($"{Topics}get/+", 0), ($"{Topics}start-next/+", AtLeastOnce), ($"{Topics}+/update/+", AtLeastOnce),
        ]));
    }

    /// <summary>Completes when the server has answered that it is there.</summary>
    public Task PingAsync() => ExpectAsync(Packets.Ping);

    public void Send(ReadOnlySpan<byte> packet)
    {
        lock (_sending)
        {
            _socket.Send(packet);
        }
    }

    /// <summary>Publishes below the thing's jobs, to be acknowledged.</summary>
    public void Publish(string topic, ReadOnlySpan<byte> payload) => Send(Packets.PublishAcknowledged(Topics + topic, payload, NextId()));

    /// <summary>Sends a packet of <see cref="Packets.PublishAcknowledged"/> again, as another message.</summary>
    public void Repeat(byte[] packet)
    {
        var body = Packets.Measure(packet)!.Value.Body;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(body + 2 + BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(body))), NextId());
        Send(packet);
    }

    public void Dispose() => _socket.Dispose();

    private ushort NextId() => ++_lastId == 0 ? ++_lastId : _lastId;

    private async Task ExpectAsync(byte[] packet)
    {
        _expected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(packet);
        await _expected.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var filled = 0;
            while (await _socket.ReceiveAsync(_space.AsMemory(filled)) is > 0 and var read)
            {
                filled += read;
                var used = Take(_space.AsSpan(0, filled));
                _space.AsSpan(used, filled - used).CopyTo(_space);
                filled -= used;
                if (filled == _space.Length)
                {
                    Array.Resize(ref _space, 2 * filled);
                }
            }
            _expected.TrySetException(new InvalidOperationException($"The server ended the connection of {name}."));
        }
        catch (Exception gone)
        {
            _expected.TrySetException(gone);
        }
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        var used = 0;
        while (Packets.Measure(bytes[used..]) is var (body, end))
        {
            Take(bytes[used], bytes[(used + body)..(used + end)]);
            used += end;
        }
        return used;
    }

    private void Take(byte head, ReadOnlySpan<byte> body)
    {
        switch (head >> 4)
        {
            case Packets.Publish:
                var topicEnd = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
                var isAcknowledged = (head & 0b110) != 0;
                if (isAcknowledged)
                {
                    body.Slice(topicEnd, 2).CopyTo(_acknowledgement.AsSpan(2));
                    Send(_acknowledgement);
                }
                Watch?.Published(this, body[2..topicEnd], body[(isAcknowledged ? topicEnd + 2 : topicEnd)..]);
                break;
            case Packets.ConnAck when body[1] != 0:
                _expected.TrySetException(new InvalidOperationException($"{name} was refused with {body[1]}."));
                break;
            case Packets.SubAck when body[2..].Contains((byte)0x80):
                _expected.TrySetException(new InvalidOperationException($"{name} may not subscribe."));
                break;
            case Packets.ConnAck or Packets.SubAck or Packets.PingResp:
                _expected.TrySetResult();
                break;
        }
    }
}
