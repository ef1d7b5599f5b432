using BenchmarkDotNet.Running;

namespace Toolkit.Benchmarks;

/// <summary>
/// <c>engine</c>: fp32 models on the managed engine beside ONNX Runtime; <c>gemm</c>: this machine's floating-point limit and the matrix products beside it, in one run of seconds; <c>conv</c>: the same for
/// convolutions; <c>int8</c>: for products of 8-bit matrices; <c>passes</c>: what is bound by memory. Anything else goes to BenchmarkDotNet (<c>--filter '*Gemm*'</c>, <c>--list flat</c>).
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args.FirstOrDefault())
        {
            case "conv":
                ConvolutionReport.Write(Console.Out, args.AsSpan(1));
                return 0;
            case "passes":
                PassReport.Write(Console.Out);
                return 0;
            case "engine":
                EngineReport.Write(Console.Out, args.AsSpan(1));
                return 0;
            case "int8":
                IntegerReport.Write(Console.Out);
                return 0;
            case "gemm":
                GemmReport.Write(Console.Out, args.AsSpan(1));
                return 0;
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
                return 0;
        }
    }
}
