namespace Toolkit.Trainer.Data;

/// <summary>
/// A gzip file followed by one more gzip member, of one byte. Members that follow one another inflate to their contents
/// one after another, so that the byte comes out at the end exactly where the file was whole: <c>GZipStream</c> by itself
/// does not mind a file that was cut in its checksum, or that goes on with something else.
/// </summary>
internal sealed class GzipEndMark(Stream file) : Stream
{
    /// <summary>The byte that follows a whole file's content.</summary>
    public const byte Mark = 0x5A;

    // RFC 1952: header, one stored block (RFC 1951) of one byte, CRC-32, length.
    private static readonly byte[] Member =
    [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF,
        1, 1, 0, 0xFE, 0xFF, Mark,
        0x67, 0x57, 0xBC, 0x59, 1, 0, 0, 0,
    ];

    private int _sent;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = _sent == 0 ? file.Read(buffer) : 0;
        if (count == 0)
        {
            count = Math.Min(buffer.Length, Member.Length - _sent);
            Member.AsSpan(_sent, count).CopyTo(buffer);
            _sent += count;
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
