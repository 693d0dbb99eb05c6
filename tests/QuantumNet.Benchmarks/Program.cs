using BenchmarkDotNet.Running;
using QuantumNet.Benchmarks.Fleet;

if (args is ["fleet", .. string[] size])
    return Math.Min(1, FleetRun.Run(size));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
