namespace Toolkit.Trainer.Tests.Callbacks;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class FakeClock : TimeProvider
{
    private long _milliseconds;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => _milliseconds;

    public void Advance(int milliseconds) => _milliseconds += milliseconds;
}
