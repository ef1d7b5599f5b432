namespace Toolkit.Trainer.Data;

/// <summary>How far a download is.</summary>
/// <param name="File">The file: <c>train-images-idx3-ubyte.gz</c>.</param>
/// <param name="Address">Where it comes from.</param>
/// <param name="BytesReceived">Bytes received so far.</param>
/// <param name="BytesTotal">Bytes to receive; null where the server does not say.</param>
public readonly record struct DownloadProgress(string File, Uri Address, long BytesReceived, long? BytesTotal);
